package io.github.kaitsu.simulate;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.NotProof;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The states that seeds must have been in, each of the first four kinds also of a service that was adopted, and after a crash. */
final class Reach {
    private static final List<String> RARE = List.of(
            // machines
            "append-conflict",
            "lease-lost",
            "lease-taken-by-another",
            "disk-full",
            "crash-in-write",
            "crash-in-look",
            "crash-after-append",
            "crash-after-claim",
            "crash-after-release",
            "crash-after-forget",
            "crash-while-beginning",
            "crash-between-refresh-and-store",
            "all-nodes-dead",
            "two-nodes-advance-one-run",
            "answer-amid-advance",
            "cancel-amid-advance",
            "clock-set-back",
            "gap",
            "waited",
            // the program, and the vendors
            "error-in-look",
            "disturbed-operator",
            "disturbed-listener",
            "disturbed-run",
            "access-token-expired",
            "token-refreshed",
            "asked-to-reconnect",
            "asked-to-mend-the-app",
            "asked-to-allow-the-app",
            "access-not-revoked",
            "access-revoked",
            "access-store-failed",
            // the console
            "slot-awaited",
            "slot-blocked",
            "slot-cleared",
            "adopted",
            "stalled",
            "text-claimed",
            "text-of-another-console",
            "unknown-sentence-asked-about",
            "counts-asked-about",
            "furniture-asked-about",
            "furniture-known",
            "furniture-inherited",
            "unfinished-asked-about",
            "asked-for-the-third-time",
            "asked-to-sign-in-again",
            "asked-to-clear-pending",
            // persons
            "overdue",
            "late-answer",
            "handed-in",
            "answer-taken-back",
            "reading-taken-back",
            "answer-contradicted",
            "corrected-after-the-end",
            "protected-on-a-falsehood",
            "cancelled-while-under-way",
            "gave-up-while-under-way",
            "removed",
            "removal-failed",
            "forgotten");

    private final Map<String, Integer> counts = new TreeMap<>();

    Reach() {
        known().forEach(state -> counts.put(state, 0));
    }

    private static List<String> known() {
        List<String> all = new java.util.ArrayList<>();
        Arrays.stream(FailureReason.values()).forEach(r -> all.add("failure." + r));
        Arrays.stream(NotProof.Reason.values()).forEach(r -> all.add("not-proof." + r));
        Arrays.stream(Event.RoundReason.values()).forEach(r -> all.add("round." + r));
        Arrays.stream(SkipReason.values()).forEach(r -> all.add("skip." + r));
        for (String state : List.copyOf(all)) {
            all.add(state + ".adopted");
            all.add(state + ".after-crash");
        }
        RARE.forEach(name -> all.add("rare." + name));
        return all;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    void rare(String name) {
        if (counts.computeIfPresent("rare." + name, (state, times) -> times + 1) == null) {
            throw new IllegalArgumentException("an unknown state: " + name);
        }
    }

    private void state(String state, Run run, CloudService service) {
        counts.merge(state, 1, Integer::sum);
        if (run.judge.isAdopting(service)) {
            counts.merge(state + ".adopted", 1, Integer::sum);
        }
        if (run.hasSeenACrash) {
            counts.merge(state + ".after-crash", 1, Integer::sum);
        }
    }

    void notProof(Run run, CloudService service, NotProof.Reason reason) {
        state("not-proof." + reason, run, service);
    }

    /** After the judge has noted it. */
    void noted(Run run, JournalEntry entry) {
        Event event = entry.event();
        if (event instanceof Event.ServiceEnded end) {
            end.reason().ifPresent(reason -> state("failure." + reason, run, end.service()));
            ended(run, end);
        } else if (event instanceof Event.RoundStarted started) {
            state("round." + started.reason(), run, started.service());
        } else if (event instanceof Event.Skipped skipped) {
            service(run, skipped.step()).ifPresent(s -> state("skip." + skipped.reason(), run, s));
        } else if (event instanceof Event.Offered offered) {
            offered(offered);
        } else if (event instanceof Event.Disturbed disturbed) {
            rare("disturbed-" + disturbed.place().name().toLowerCase(java.util.Locale.ROOT));
        } else if (event instanceof Event.Gap gap) {
            rare(gap.by().isNegative() ? "clock-set-back" : "gap");
        } else if (event instanceof Event.FurnitureKnown known) {
            rare(known.inherited().isPresent() ? "furniture-inherited" : "furniture-known");
        } else if (event instanceof Event.AccessReturned returned) {
            accessReturned(returned);
        } else {
            plain(run, event);
        }
    }

    private void plain(Run run, Event event) {
        if (event instanceof Event.Overdue) {
            rare("overdue");
        } else if (event instanceof Event.LateAnswer) {
            rare("late-answer");
        } else if (event instanceof Event.HandedIn) {
            rare("handed-in");
        } else if (event instanceof Event.SlotAwaited) {
            rare("slot-awaited");
        } else if (event instanceof Event.SlotBlocked) {
            rare("slot-blocked");
        } else if (event instanceof Event.Adopted) {
            rare("adopted");
        } else if (event instanceof Event.Stalled) {
            rare("stalled");
        } else if (event instanceof Event.TextClaimed) {
            rare("text-claimed");
        } else if (event instanceof Event.Waited) {
            rare("waited");
        } else if (event instanceof Event.Corrected && run.isEnded) {
            rare("corrected-after-the-end");
        }
    }

    private void accessReturned(Event.AccessReturned returned) {
        switch (returned.what()) {
            case REVOKED -> rare("access-revoked");
            case NOT_REVOKED -> rare("access-not-revoked");
            case STORE_FAILED -> rare("access-store-failed");
            case NOTHING_HELD, DELETED -> {}
        }
    }

    private void ended(Run run, Event.ServiceEnded end) {
        boolean isUnderWay = run.organisation.isUnderWay(end.service());
        if (end.status() == ActivationStatus.CANCELLED && isUnderWay) {
            rare("cancelled-while-under-way");
        } else if (end.reason().filter(r -> r == FailureReason.GAVE_UP).isPresent() && isUnderWay) {
            rare("gave-up-while-under-way");
        } else if (end.status() == ActivationStatus.REMOVED) {
            rare("removed");
        } else if (run.isRemoval) {
            rare("removal-failed");
        }
    }

    private void offered(Event.Offered offered) {
        String step = offered.step().value();
        if (step.equals("console.read")
                && offered.asks().filter(a -> a.attempt() >= 2).isPresent()) {
            rare("asked-for-the-third-time");
        }
        switch (step.substring(step.indexOf('.') + 1)) {
            case "own-text" -> rare("text-of-another-console");
            case "sentence" -> rare("unknown-sentence-asked-about");
            case "counts" -> rare("counts-asked-about");
            case "furniture" -> rare("furniture-asked-about");
            case "unfinished" -> rare("unfinished-asked-about");
            case "sign-in-again" -> rare("asked-to-sign-in-again");
            case "clear-pending" -> rare("asked-to-clear-pending");
            default -> {}
        }
    }

    private static java.util.Optional<CloudService> service(Run run, StepId step) {
        return run.services.stream()
                .filter(s -> step.value().startsWith(s.id() + "."))
                .findFirst();
    }
}
