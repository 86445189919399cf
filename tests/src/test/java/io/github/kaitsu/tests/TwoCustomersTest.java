package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.FileActivationStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every customer's organisation is called 初期設定の組織: side by side in one store and one process, none is taken for the other. */
class TwoCustomersTest {
    private static final ActivationId ONE = ActivationId.of("one");
    private static final ActivationId TWO = ActivationId.of("two");

    @TempDir
    Path folder;

    @Test
    void customers_withTheSameOrganisationName_areActivatedSideBySide() throws InterruptedException {
        try (Sandbox first = Sandbox.builder().account("CAS0001").seed(1).start();
                Sandbox second = Sandbox.builder().account("CAS0002").seed(2).start()) {
            Customer one = Customer.of(first);
            Customer two = Customer.of(second);
            assertThat(one.id().organisation()).isEqualTo(two.id().organisation());
            OnlyFor sato = new OnlyFor(one, new ScriptedPerson(first, "sato@one.example"));
            OnlyFor suzuki = new OnlyFor(two, new ScriptedPerson(second, "suzuki@two.example"));
            try (ActivationClient client = ActivationClient.builder()
                    .provisioner(BoxProvisioner.create(c -> c.equals(one.id())
                            ? Optional.of(one.box())
                            : c.equals(two.id()) ? Optional.of(two.box()) : Optional.empty()))
                    .provisioner(DropboxProvisioner.create())
                    .provisioners(GoogleProvisioners.create())
                    .provisioners(Microsoft365Provisioners.create())
                    .store(FileActivationStore.at(folder))
                    .operator(sato)
                    .operator(suzuki)
                    .clock(first.clock())
                    .build()) {
                client.begin(ONE, one.request(CloudService.standard()));
                client.begin(TWO, two.request(CloudService.standard()));
                toTheirEnd(client, Map.of(ONE, sato, TWO, suzuki), List.of(first, second));

                for (ActivationId id : List.of(ONE, TWO)) {
                    Run.assertProtected(client.find(id).orElseThrow().view());
                }
                assertThat(tenant(client, ONE)).isNotEqualTo(tenant(client, TWO));
                assertThat(answerers(client, ONE)).containsOnly("sato@one.example");
                assertThat(answerers(client, TWO)).containsOnly("suzuki@two.example");
                assertThat(client.find(ONE).map(a -> a.view()).map(ActivationView::changedAt))
                        .as("neither waited for the other")
                        .isEqualTo(client.find(TWO).map(a -> a.view()).map(ActivationView::changedAt));
            }
            for (Sandbox sandbox : List.of(first, second)) {
                assertThat(sandbox.summary().grants().values()).hasSize(8).containsOnly(1);
                assertThat(sandbox.summary().violations()).isEmpty();
            }
        }
    }

    private static void toTheirEnd(ActivationClient client, Map<ActivationId, OnlyFor> people, List<Sandbox> sandboxes)
            throws InterruptedException {
        for (int i = 0; i < 5_000; i++) {
            List<Instant> wakings = new ArrayList<>();
            for (ActivationId id : people.keySet()) {
                client.advance(id).until().ifPresent(wakings::add);
            }
            boolean worked = people.values().stream()
                            .filter(p -> p.hands.performOne(client))
                            .count()
                    > 0;
            if (!worked && wakings.isEmpty()) {
                return;
            }
            if (!worked) {
                Instant next = wakings.stream().min(Instant::compareTo).orElseThrow();
                sandboxes.forEach(s -> s.clock().advanceTo(next));
            }
        }
        throw new AssertionError("never ends");
    }

    private static String tenant(ActivationClient client, ActivationId id) {
        return Run.events(client, id).stream()
                .filter(e -> e instanceof Event.TenantPinned)
                .map(e -> ((Event.TenantPinned) e).tenant())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> answerers(ActivationClient client, ActivationId id) {
        return Run.events(client, id).stream()
                .filter(e -> e instanceof Event.Answered)
                .map(e -> ((Event.Answered) e).answer().by())
                .toList();
    }

    /** One customer's administrator does nothing for another's. */
    private static final class OnlyFor extends CarefulPerson {
        private final Customer customer;

        OnlyFor(Customer customer, ScriptedPerson hands) {
            super(hands);
            this.customer = customer;
        }

        @Override
        public boolean accepts(OperatorAction action) {
            return action.customer().equals(customer.id());
        }
    }
}
