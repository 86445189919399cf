package io.github.kaitsu.google;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.ServiceAccountProvisionerContract;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

class GoogleTextsTest extends ServiceAccountProvisionerContract {
    private static final Map<String, String> FACTS = Map.of(
            "tenant.GOOGLE", "C012",
            "google.two-step", "no",
            "google.marketplace-policy", "CLOSED",
            "google.api-controls", "restricted",
            "google.business-starter", "yes");

    @Override
    protected List<ServiceAccountProvisioner> provisioners() {
        List<ServiceAccountProvisioner> all = new ArrayList<>(GoogleProvisioners.create());
        all.addAll(GoogleProvisioners.create(Connections.none()));
        return all;
    }

    @Override
    protected Class<?> texts() {
        return GoogleProvisioners.class;
    }

    @Override
    protected List<StepContext> contexts(ServiceAccountProvisioner provisioner) {
        List<StepContext> all = new ArrayList<>();
        for (Edition edition : Edition.values()) {
            all.add(Given.context(edition, provisioner.service()));
            all.add(Given.context(edition, CloudService.GMAIL, CloudService.GOOGLE_DRIVE));
            all.add(Given.context(edition, CloudService.GOOGLE_DRIVE, CloudService.GMAIL));
        }
        FACTS.forEach((fact, value) -> all.add(Given.knowing(fact, value, provisioner.service())));
        return all;
    }

    @Override
    protected Set<String> furtherKeys() {
        Set<String> keys = new TreeSet<>();
        for (String reason : Sources.failing()) {
            keys.add("fails." + reason);
            keys.add("fails." + reason + ".next");
        }
        Sources.codes().stream()
                .filter(code -> !code.equals(ProbeResult.WRONG_TENANT)) // the core's
                .forEach(code -> keys.add("seen." + code));
        for (String key : Texts.load(texts(), "actions", Locale.ENGLISH).keys()) {
            if (key.startsWith("expected.") || key.startsWith("limit.")) {
                keys.add(key); // whose they are, GoogleSentencesTest looks after
            }
        }
        return keys;
    }
}
