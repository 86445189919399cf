package io.github.kaitsu.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.ServiceAccountProvisionerContract;
import io.github.kaitsu.spi.Connections;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
        for (String reason : reasons()) {
            keys.add("fails." + reason);
            keys.add("fails." + reason + ".next");
        }
        return keys;
    }

    /** Every reason that the code gives to a failing look. */
    private static Set<String> reasons() {
        Set<String> reasons = new TreeSet<>(Set.of(Look.WRONG_TENANT));
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher m =
                        Pattern.compile("new Look\\.Fails\\(\\s*\"([^\"]+)\"").matcher(Files.readString(file));
                while (m.find()) {
                    reasons.add(m.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(reasons).hasSizeGreaterThan(10);
        return reasons;
    }
}
