package io.github.kaitsu.simulation;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.simulation.SimTelling.Falsehood;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what a run writes down with what is true and what it was told. Finds its own facts; asks nothing of the engine. */
final class SimJudge {
    private static final Duration OLDEST = Duration.ofHours(1);
    private static final Duration CLOCKS = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Set<String> ACTS = Set.of("grant", "finish", "clear-pending");

    /** Answers on which a text's meaning rests. */
    private static final Set<String> ABOUT_TEXTS = Set.of("counts", "furniture", "own-text", "sentence");

    private final SimWorld world;
    private final SimTeller teller;
    private final List<SimTelling> machines;
    private final List<String> violations = new ArrayList<>();
    private final TreeMap<Long, Told> read = new TreeMap<>();
    private final Map<Long, ActionId> answers = new HashMap<>();
    private final Map<CloudService, Long> firstGrant = new HashMap<>();
    private final Map<CloudService, Long> lastGrant = new HashMap<>();
    private final Map<CloudService, Integer> round = new HashMap<>();
    private final Map<CloudService, Event.RoundReason> reason = new HashMap<>();
    private final Map<CloudService, JournalEntry> concluded = new HashMap<>();
    private final Map<CloudService, Integer> offeredInRound = new HashMap<>();
    private final Set<ActionId> open = new HashSet<>();
    private final Map<CloudService, Set<Long>> restsOn = new HashMap<>();
    private final Set<Long> takenBack = new HashSet<>();
    private final List<Asked> asked = new ArrayList<>();
    private final SimCalls calls;
    private long lastAct;
    private Instant lastActAt = Instant.EPOCH;
    private long done;
    int readings;

    /** Proofs of what was not so. */
    int untrue;

    /** @param copied when, as far as the text tells */
    private record Told(SimTelling telling, long number, Instant copied, Instant received) {}

    /** One request for a reading, and whether what came lacked something it asked for. */
    private record Asked(
            String words, Event.ReadingAsk ask, @Nullable SimTelling answer) {
        boolean isInsufficient() {
            return answer != null && ask.parts().stream().anyMatch(p -> !answer.has(p));
        }
    }

    SimJudge(SimWorld world, SimTeller teller, List<SimTelling> machines, boolean isReadByMachine) {
        this.world = world;
        this.teller = teller;
        this.machines = machines;
        this.calls = new SimCalls(isReadByMachine);
    }

    List<String> violations() {
        List<String> all = new ArrayList<>(violations);
        all.addAll(calls.violations());
        return all;
    }

    SimCalls calls() {
        return calls;
    }

    /** Judges what was written since it last looked; the world has not moved meanwhile. */
    void catchUp(List<JournalEntry> journal) {
        for (JournalEntry entry : journal.subList((int) done, journal.size())) {
            judge(entry);
            calls.judge(entry);
        }
        done = journal.size();
    }

    private void judge(JournalEntry entry) {
        Event event = entry.event();
        if (event instanceof Event.Answered answered) {
            answered(entry, answered);
        } else if (event instanceof Event.HandedIn handedIn) {
            told(entry, handedIn.reading(), handedIn.readByMachine());
        } else if (event instanceof Event.Offered offered) {
            offered(entry, offered);
        } else if (event instanceof Event.Withdrawn withdrawn) {
            open.remove(withdrawn.action());
        } else if (event instanceof Event.Corrected corrected) {
            takenBack.add(corrected.entry());
            read.remove(corrected.entry());
            ActionId action = answers.get(corrected.entry());
            teller.falsehoods.removeIf(f -> f.action().equals(action));
            act(entry);
        } else if (event instanceof Event.SlotAwaited || event instanceof Event.SlotBlocked) {
            act(entry);
        } else if (event instanceof Event.RoundStarted started) {
            round.put(started.service(), started.round());
            reason.put(started.service(), started.reason());
            offeredInRound.remove(started.service());
        } else if (event instanceof Event.SlotReleased released) {
            released(entry, released.service());
        } else if (event instanceof Event.Concluded c && c.evidence().holds()) {
            concluded(entry, c);
        } else if (event instanceof Event.ServiceEnded e && e.status() == io.github.kaitsu.ActivationStatus.PROTECTED) {
            ended(entry, e.service());
        }
    }

    private void violated(JournalEntry entry, String what) {
        violations.add(entry.number() + " " + entry.time() + " " + what + ": " + entry.event());
    }

    private void act(JournalEntry entry) {
        lastAct = entry.number();
        lastActAt = entry.time();
    }

    private static String name(String step) {
        return step.substring(step.lastIndexOf('.') + 1);
    }

    private static Optional<CloudService> service(String step) {
        return Arrays.stream(CloudService.values())
                .filter(s -> step.startsWith(s.id() + "."))
                .findFirst();
    }

    // ---- what is told

    private void answered(JournalEntry entry, Event.Answered answered) {
        answers.put(entry.number(), answered.action());
        if (answered.answer() instanceof Answer.NotYet) {
            return;
        }
        open.remove(answered.action());
        String step = answered.step().value();
        if (step.equals("console.read")) {
            readings++;
            if (answered.answer() instanceof Answer.Saw saw) {
                SimTelling telling = told(entry, saw, answered.readByMachine());
                if (!asked.isEmpty()) {
                    Asked last = asked.get(asked.size() - 1);
                    asked.set(asked.size() - 1, new Asked(last.words, last.ask, telling));
                }
            }
        } else if (ACTS.contains(name(step))) {
            act(entry);
        }
    }

    private SimTelling told(JournalEntry entry, Answer.Saw saw, boolean byMachine) {
        List<SimTelling> told = byMachine ? machines : teller.tellings;
        SimTelling telling = null;
        for (SimTelling t : told) {
            telling = t.by().equals(saw.by()) && t.text().equals(saw.text()) ? t : telling;
        }
        Objects.requireNonNull(telling, "nobody has told this");
        Instant copied = telling.isDated() ? telling.shown().time() : entry.time();
        read.put(entry.number(), new Told(telling, entry.number(), copied, entry.time()));
        return telling;
    }

    // ---- what is asked

    private void offered(JournalEntry entry, Event.Offered offered) {
        String step = offered.step().value();
        if (!open.add(offered.action())) {
            violated(entry, "offered twice");
        }
        if (step.equals("console.read")) {
            reading(entry, offered);
            return;
        }
        Optional<CloudService> service = service(step);
        if (!name(step).equals("grant") || service.isEmpty()) {
            if (ACTS.contains(name(step))) {
                act(entry);
            }
            return;
        }
        if (offeredInRound.merge(service.get(), 1, Integer::sum) > 1) {
            violated(entry, "a grant twice in one round");
        }
        grant(entry, service.get());
        firstGrant.putIfAbsent(service.get(), entry.number());
        lastGrant.put(service.get(), entry.number());
        act(entry);
    }

    /** After two that did not suffice, the third request is another one (COMMON-19). */
    private void reading(JournalEntry entry, Event.Offered offered) {
        Event.ReadingAsk ask = offered.asks().orElseThrow();
        asked.add(new Asked(ask.parts() + " " + ask.services() + " " + ask.attempt(), ask, null));
        int n = asked.size();
        if (n > 2) {
            Asked third = asked.get(n - 1);
            Asked second = asked.get(n - 2);
            Asked first = asked.get(n - 3);
            if (first.words.equals(second.words)
                    && second.words.equals(third.words)
                    && first.isInsufficient()
                    && second.isInsufficient()) {
                violated(entry, "the same for the third time");
            }
        }
    }

    /** Nothing may be 保留, and the service not listed, as far as the newest text said since anybody acted (COMMON-13). */
    private void grant(JournalEntry entry, CloudService service) {
        for (Part part : List.of(Part.ACCOUNTS, Part.PENDING)) {
            Optional<SimTelling> newest = newest(part, lastAct, entry.number()).map(Told::telling);
            if (newest.isEmpty()) {
                violated(entry, "granted without having read " + part);
                continue;
            }
            SimTelling telling = newest.get();
            if (!telling.isTrue() || !lies(entry.number()).isEmpty()) {
                continue;
            }
            if (telling.shown().time().isBefore(entry.time().minus(OLDEST))) {
                violated(entry, "granted on a text that says it is old");
            }
            if (isBeforeLastAct(newest(part, lastAct, entry.number()).orElseThrow())) {
                violated(entry, "granted on a text that says it is older than what was done last, " + lastAct);
            }
            boolean again = reason.get(service) == Event.RoundReason.STALLED;
            if (part == Part.ACCOUNTS && telling.shown().listed().contains(service)) {
                violated(entry, "granted though listed");
            }
            boolean isPending = telling.shown().isPendingBesides(service, world.organisation)
                    || (!again && telling.shown().isPending(service, world.organisation));
            if (part == Part.PENDING && isPending) {
                violated(entry, "granted though 保留");
            }
        }
    }

    /** By its clock, which prints minutes: by far, or before one that had come in before, or in the same minute, long over. */
    private boolean isBeforeLastAct(Told told) {
        return told.telling.isDated()
                && (told.copied.plus(CLOCKS).isBefore(lastActAt)
                        || read.headMap(lastAct).values().stream()
                                .anyMatch(t -> t.telling.isDated()
                                        && (t.copied.isAfter(told.copied)
                                                || (t.copied.equals(told.copied)
                                                        && t.received
                                                                .plus(MINUTE)
                                                                .isBefore(lastActAt)))));
    }

    private Optional<Told> newest(Part part, long after, long before) {
        return read.subMap(after, false, before, false).values().stream()
                .filter(t -> t.telling.has(part))
                .max(Comparator.comparing(Told::copied).thenComparing(Told::number));
    }

    /** Answers that made a text say something else. */
    private List<Falsehood> lies(long before) {
        return teller.falsehoods.stream()
                .filter(f -> ABOUT_TEXTS.contains(name(f.step())))
                .filter(f -> answers.entrySet().stream()
                        .anyMatch(a -> a.getValue().equals(f.action()) && a.getKey() < before))
                .toList();
    }

    // ---- what is claimed

    private void released(JournalEntry entry, CloudService service) {
        boolean isTold = newest(Part.PENDING, lastAct, entry.number())
                .map(Told::telling)
                .filter(t -> t.isTrue() && !t.shown().isPending(service, world.organisation))
                .isPresent();
        boolean isFalse = read.values().stream().anyMatch(t -> !t.telling.isTrue()) || !teller.falsehoods.isEmpty();
        if (world.isPending(service) && firstGrant.containsKey(service) && !isTold && !isFalse) {
            violated(entry, "released while 保留");
        }
    }

    private void concluded(JournalEntry entry, Event.Concluded c) {
        String step = c.step().value();
        Optional<CloudService> service = service(step);
        if (service.isEmpty()) {
            return;
        }
        if (name(step).equals("protected")) {
            concluded.put(service.get(), entry);
            proved(entry, service.get(), c);
        } else if (name(step).equals("switch")) {
            SimWorld.Linked linked = world.services.get(service.get());
            boolean isTrue = linked == null || linked.postSetupDone;
            boolean isSaid = c.evidence().level() == Evidence.Level.ATTESTED
                    && teller.falsehoods.stream()
                            .anyMatch(f -> f.step().equals(step)
                                    && f.by().equals(c.evidence().source().name()));
            if (!isTrue && !isSaid) {
                violated(entry, "nobody has done or said so");
            }
        }
    }

    private void proved(JournalEntry entry, CloudService service, Event.Concluded c) {
        long since = lastGrant.getOrDefault(service, 0L);
        List<Told> used = Stream.of(Part.ACCOUNTS, Part.PENDING, Part.SUCCESS)
                .map(p -> newest(p, since, entry.number()))
                .flatMap(Optional::stream)
                .toList();
        restsOn.put(service, all(used));
        if (used.size() < 3) {
            violated(entry, "proved without all parts");
            return;
        }
        List<Told> all = new ArrayList<>(used);
        if (since > 0) {
            newest(Part.SUCCESS, 0, firstGrant.get(service)).ifPresent(all::add);
        }
        Instant from = used.stream()
                .map(t -> t.telling.shown().time())
                .min(Instant::compareTo)
                .orElseThrow();
        Instant to = used.stream()
                .map(t -> t.telling.shown().time())
                .max(Instant::compareTo)
                .orElseThrow();
        if (world.wasProtected(service, from, to) || hidesARelapse(service, entry.number())) {
            return;
        }
        List<String> liars = Stream.concat(
                        all.stream().filter(t -> !t.telling.isTrue()).map(t -> t.telling.by()),
                        lies(entry.number()).stream().map(Falsehood::by))
                .toList();
        untrue++;
        Evidence evidence = c.evidence();
        if (liars.isEmpty()) {
            violated(entry, "protected, and nobody said anything untrue");
        } else if (evidence.level() != Evidence.Level.ATTESTED) {
            violated(entry, "a person's word counted as seen");
        } else if (liars.stream().noneMatch(evidence.source().name()::contains)) {
            violated(entry, "not in the name of " + liars);
        }
    }

    private static Set<Long> all(List<Told> used) {
        Set<Long> numbers = new HashSet<>();
        used.forEach(t -> numbers.add(t.number));
        return numbers;
    }

    /** It was listed as protected and is so no more, and nobody copied the list that says so. */
    private boolean hidesARelapse(CloudService service, long before) {
        SimWorld.Linked linked = world.services.get(service);
        return linked != null
                && linked.relapsed != null
                && read.headMap(before).values().stream()
                        .map(Told::telling)
                        .noneMatch(t -> t.sections().contains(SimPages.Section.FAILURES)
                                && !t.shown().time().isBefore(Objects.requireNonNull(linked.relapsed)));
    }

    private void ended(JournalEntry entry, CloudService service) {
        JournalEntry rests = concluded.get(service);
        if (rests == null) {
            violated(entry, "protected without proof");
            return;
        }
        long basis = ((Event.Concluded) rests.event()).basis().orElse(0L);
        if (takenBack.contains(basis) || restsOn.get(service).stream().anyMatch(takenBack::contains)) {
            violated(entry, "rests on what was taken back");
        }
    }
}
