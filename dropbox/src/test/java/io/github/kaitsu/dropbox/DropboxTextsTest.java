package io.github.kaitsu.dropbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.ServiceAccountProvisionerContract;
import io.github.kaitsu.contract.StatementTextsContract;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

class DropboxTextsTest extends ServiceAccountProvisionerContract {
    @Override
    protected List<DropboxProvisioner> provisioners() {
        return List.of(DropboxProvisioner.create());
    }

    @Override
    protected Class<?> texts() {
        return DropboxProvisioner.class;
    }

    @Override
    protected List<StepContext> contexts(ServiceAccountProvisioner provisioner) {
        return contexts();
    }

    /** What was seen, and a message and a next step for every code that is given to a failing look. */
    @Override
    protected Set<String> furtherKeys() {
        DropboxProvisioner provisioner = DropboxProvisioner.create();
        Set<String> keys = StatementTextsContract.keys(DropboxProvisioner.class, steps(provisioner));
        // a statement of its own is what a refusal says of the consent
        Set<String> codes = StatementTextsContract.codesOf("ProbeResult\\.fails|Statement\\.of");
        assertThat(codes).contains("app-unlinked", "scope-missing-in-app");
        for (String code : codes) {
            keys.add("fails." + code);
            keys.add("fails." + code + ".next");
        }
        return keys;
    }

    static Stream<ActivationStep> steps(DropboxProvisioner provisioner) {
        return contexts().stream().flatMap(context -> Steps.all(provisioner, context).stream());
    }

    static List<StepContext> contexts() {
        return Stream.of(Edition.values())
                .map(edition -> DropboxProvisionerTest.context(edition, List.of("P")))
                .map(plain -> new StepContext(
                        plain.request(),
                        plain.edition(),
                        Facts.of(Map.of("dropbox.app-blocked", "2026-11-20T10:00:00Z"))))
                .toList();
    }
}
