package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Drives a run to its end: advances, lets the person do one thing after another, and lets time pass when nobody has work. */
final class Run {
    static final ActivationId ID = ActivationId.of("run");
    private static final int TOO_LONG = 5_000;

    private Run() {}

    static ActivationView toItsEnd(ActivationClient client, ActivationId id, Person person, Customer customer)
            throws InterruptedException {
        for (int i = 0; i < TOO_LONG; i++) {
            if (step(client, id, person, customer)) {
                return client.find(id).orElseThrow().view();
            }
        }
        throw new AssertionError("never ends: " + lastEvents(client, id));
    }

    /** @return whether the run has ended */
    static boolean step(ActivationClient client, ActivationId id, Person person, Customer customer)
            throws InterruptedException {
        Optional<Instant> wakeAt = client.advance(id).until();
        List<JournalEntry> events = client.events(id);
        if (events.get(events.size() - 1).event() instanceof Event.Ended) {
            return true;
        }
        if (person.hasWork()) {
            person.performOne(client);
            return false;
        }
        Clock now = customer.sandbox().clock();
        Instant next = Stream.concat(wakeAt.stream(), person.comesBackAt().stream())
                .min(Instant::compareTo)
                .orElseThrow(() -> new AssertionError("waits for nobody: " + lastEvents(client, id)));
        if (!next.isAfter(now.instant())) {
            throw new AssertionError(
                    "asks to wake at " + next + ", now " + now.instant() + ": " + lastEvents(client, id));
        }
        customer.sandbox().clock().advanceTo(next);
        return false;
    }

    static List<JournalEntry> lastEvents(ActivationClient client, ActivationId id) {
        List<JournalEntry> all = client.events(id);
        return all.subList(Math.max(0, all.size() - 12), all.size());
    }

    static Map<CloudService, ActivationStatus> statuses(ActivationView view) {
        Map<CloudService, ActivationStatus> statuses = new EnumMap<>(CloudService.class);
        view.services().forEach(s -> statuses.put(s.service(), s.status()));
        return statuses;
    }

    /** How well a step is backed, by its whole id. */
    static Evidence.Level level(ActivationView view, String step) {
        return view.services().stream()
                .flatMap(s -> s.steps().stream())
                .filter(s -> s.step().value().equals(step))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + step))
                .evidence()
                .level();
    }

    static List<Event> events(ActivationClient client, ActivationId id) {
        return client.events(id).stream().map(JournalEntry::event).toList();
    }

    /** What the sources say that contradict a service's steps, as codes. */
    static List<String> against(ActivationView.ServiceView service) {
        return service.steps().stream()
                .map(ActivationView.StepView::evidence)
                .filter(e -> e.level() == Evidence.Level.CONTRADICTED)
                .map(e -> e.seen().code())
                .toList();
    }

    /** Every service protected, and every required step of it backed by evidence. */
    static void assertProtected(ActivationView view) {
        for (ActivationView.ServiceView service : view.services()) {
            assertThat(service.status())
                    .as("%s: %s", service.service(), service.detail())
                    .isEqualTo(ActivationStatus.PROTECTED);
            for (ActivationView.StepView step : service.steps()) {
                if (step.required() && !step.skipped()) {
                    assertThat(step.evidence().level())
                            .as("evidence of %s", step.step())
                            .isIn(Evidence.Level.VERIFIED, Evidence.Level.ATTESTED);
                    assertThat(step.evidence().source().name())
                            .as("source of %s", step.step())
                            .isNotBlank();
                }
            }
        }
        assertThat(view.steps()).allMatch(s -> s.evidence().holds());
        assertThat(view.isSuccess()).isTrue();
    }
}
