package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.StepId;
import io.github.kaitsu.sandbox.Faults;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.MemoryActivationStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Box's API fails in every way and the person has moods; the same seed gives the same run. */
class TroubledActivationTest {
    private static final double TROUBLE = 0.3;

    @Test
    void box_whateverTheApiAndThePersonDo_isVerifiedWithOneGrant() {
        Map<String, Integer> moods = new TreeMap<>();
        for (long seed = 1; seed <= 30; seed++) {
            try {
                activate(seed, null, moods, CloudService.BOX);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(moods).containsKeys("slow", "not yet", "answer lost", "twice", "wrong organisation");
    }

    @Test
    void allEightServices_whateverTheApiAndThePersonDo_areProtectedWithOneGrantEach() {
        for (long seed = 101; seed <= 108; seed++) {
            try {
                activate(seed, null, new HashMap<>(), CloudService.standard().toArray(CloudService[]::new));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void activate(
            long seed, @Nullable StepId declined, Map<String, Integer> moods, CloudService... services)
            throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder()
                .seed(seed)
                .faults(Faults.seeded(seed, TROUBLE))
                .start()) {
            Customer customer = Customer.of(sandbox);
            MoodyPerson person = new MoodyPerson(sandbox, seed, TROUBLE, declined);
            try (ActivationClient client =
                    customer.client(new MemoryActivationStore(), person).build()) {
                client.begin(Run.ID, customer.request(List.of(services)));
                ActivationView view = Run.toItsEnd(client, Run.ID, person, customer);
                person.counts.forEach((mood, n) -> moods.merge(mood, n, Integer::sum));
                Run.assertProtected(view);
                assertThat(sandbox.summary().violations()).isEmpty();
                assertThat(sandbox.summary().grants().values())
                        .hasSize(services.length)
                        .containsOnly(1);
                for (String step : List.of("admin", "folders", "group")) {
                    assertThat(evidence(view, step)).as(step).isEqualTo(Evidence.Level.VERIFIED);
                }
            }
        }
    }

    private static Evidence.Level evidence(ActivationView view, String step) {
        return view.service(CloudService.BOX).orElseThrow().steps().stream()
                .filter(s -> s.step().equals(StepId.of(CloudService.BOX, step)))
                .findFirst()
                .orElseThrow()
                .evidence()
                .level();
    }

    @ParameterizedTest
    @CsvSource({
        "box.grant, 0",
        "box.mute-folder, 1",
        "dropbox.folders, 1",
        "microsoft-teams.sharepoint-permission, 1",
        "microsoft-teams.admin-site, 1"
    })
    void step_whenThePersonDeclines_onlyItsServiceEnds(String declined, int grants) throws InterruptedException {
        StepId step = new StepId(declined);
        CloudService service =
                CloudService.parse(declined.substring(0, declined.indexOf('.'))).orElseThrow();
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Customer customer = Customer.of(sandbox);
            MoodyPerson person = new MoodyPerson(sandbox, 1, 0, step);
            try (ActivationClient client =
                    customer.client(new MemoryActivationStore(), person).build()) {
                client.begin(Run.ID, customer.request(List.of(service, CloudService.ONEDRIVE)));
                ActivationView view = Run.toItsEnd(client, Run.ID, person, customer);
                boolean optional = declined.endsWith("admin-site");
                assertThat(view.service(service).orElseThrow().status())
                        .isEqualTo(optional ? ActivationStatus.PROTECTED : ActivationStatus.FAILED);
                assertThat(view.service(CloudService.ONEDRIVE).orElseThrow().status())
                        .isEqualTo(ActivationStatus.PROTECTED);
                assertThat(sandbox.summary().grants(service)).isEqualTo(grants);
                assertThat(sandbox.summary().violations()).isEmpty();
            }
        }
    }
}
