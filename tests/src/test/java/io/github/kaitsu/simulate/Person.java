package io.github.kaitsu.simulate;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.simulate.Console.Link;
import io.github.kaitsu.simulate.Console.Organisation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whoever works on one run. Does what is asked as people do: late, partly, twice, unasked, by mistake, and in some seeds untruthfully.
 * Obedient otherwise: presses what is asked for, and leaves it to Kaitsu whether it was wise.
 */
final class Person {
    private static final Duration JUST_NOW = Duration.ofMinutes(2);
    private static final int MOST_CHANGES_OF_MIND = 3;

    private final Simulation sim;
    private final Run run;
    private final Organisation organisation;
    private final Copies copies;
    private final Random dice;
    private final Map<ActionId, OperatorAction> todo = new LinkedHashMap<>();

    /** What was done already, where only the answer did not come through. */
    private final Map<ActionId, Answer> prepared = new HashMap<>();

    private final List<OperatorAction> answered = new ArrayList<>();

    /** Every text that was handed in, newest last, by whom and word for word. */
    final Map<String, Telling> tellings = new LinkedHashMap<>();

    /** Actions for which 権限の付与 was seen through. */
    private final Set<ActionId> pressedFor = new HashSet<>();

    private @Nullable Telling newest;

    /** Has read the console so often in vain that it is enough. */
    private boolean isTired;

    private int changesOfMind;

    Person(Simulation sim, Run run) {
        this.sim = sim;
        this.run = run;
        this.organisation = run.organisation;
        this.copies = new Copies(sim, organisation, run.services);
        this.dice = sim.chaos.about("person of " + run.id);
    }

    // ---- being asked

    void offered(OperatorAction action) {
        if (todo.put(action.id(), action) == null) {
            sim.world.tell(() -> who(false) + " is asked for " + action.step() + " of " + run.id);
            later(action.id(), pause().plus(reluctance()));
        }
    }

    /** Whoever is asked for the same again and again is in no hurry. */
    private Duration reluctance() {
        long beyond = Math.max(0, run.readings - 8);
        return Duration.ofMinutes(Math.min(beyond * beyond * 4, 24 * 60));
    }

    void withdrawn(ActionId action) {
        todo.remove(action);
    }

    boolean hasWork() {
        return !todo.isEmpty();
    }

    /** Now, whatever was planned. @return whether there was anything to do */
    boolean workOnce() {
        if (todo.isEmpty()) {
            return false;
        }
        work(Chaos.one(dice, List.copyOf(todo.keySet())));
        return true;
    }

    private void later(ActionId action, Duration pause) {
        sim.after(pause, () -> work(action));
    }

    private Duration pause() {
        if (!sim.chaos.isOver && sim.chaos.happens(Fault.SLOW_PERSON, 0.3)) {
            return Duration.ofMinutes(30 + dice.nextInt(60 * 40));
        }
        return Duration.ofSeconds(20 + dice.nextInt(dice.nextInt(4) == 0 ? 5000 : 300));
    }

    private String who(boolean mayBeAnother) {
        String one = "sato-" + run.number;
        return mayBeAnother && sim.chaos.happens(Fault.SECOND_PERSON, 0.25) ? "mori-" + run.number : one;
    }

    // ---- working

    private void work(ActionId id) {
        OperatorAction action = todo.get(id);
        if (action == null) {
            return;
        }
        copies.glance();
        Node node = sim.anyNode();
        if (node == null) {
            later(id, Duration.ofMinutes(5));
            return;
        }
        try {
            work(node, action);
        } catch (Crash e) {
            later(id, Duration.ofMinutes(1 + dice.nextInt(5)));
        } catch (KaitsuException e) {
            refused(id, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refused(ActionId id, KaitsuException e) {
        if (e.code() == ErrorCode.IO_ERROR || e.code() == ErrorCode.STORE_BUSY) {
            later(id, Duration.ofMinutes(1 + dice.nextInt(5))); // told so, and tries again
        } else if (e.code() == ErrorCode.ACTION_GONE) {
            todo.remove(id);
        } else {
            throw new IllegalStateException("an answer was refused with " + e.code() + ": " + id, e);
        }
    }

    private void work(Node node, OperatorAction action) throws InterruptedException {
        ActivationClient client = node.client();
        if (sim.chaos.happens(Fault.HANDED_IN_UNASKED, 0.1)) {
            Telling telling = told(copies.copy(who(true), List.of()));
            later(action.id(), pause());
            handIn(client, telling);
            return;
        }
        if (sim.chaos.happens(Fault.TAKES_BACK, 0.1) && changesOfMind < MOST_CHANGES_OF_MIND) {
            later(action.id(), pause());
            takeBack(client);
            return;
        }
        if (sim.chaos.happens(Fault.SECOND_PERSON, 0.08) && changesOfMind < MOST_CHANGES_OF_MIND) {
            later(action.id(), pause());
            contradict(client);
            return;
        }
        if (sim.chaos.happens(Fault.NOT_YET, 0.2)) {
            later(action.id(), pause());
            client.answer(run.id, action.id(), Answer.notYet(who(true)));
            return;
        }
        if (sim.chaos.happens(Fault.CANCELS, 0.03)) {
            cancel(node);
            return;
        }
        Answer answer = prepared.get(action.id());
        if (answer == null) {
            answer = doIt(node, action);
            prepared.put(action.id(), answer);
        }
        if (sim.chaos.happens(Fault.ANSWER_LOST, 0.15)) {
            prepared.remove(action.id()); // done, but nobody is told: asked again, and looks first
            later(action.id(), pause());
            return;
        }
        Answer said = answer;
        sim.world.tell(() -> said.by() + " answers " + action.id() + ": " + words(said));
        client.answer(run.id, action.id(), answer);
        answered.add(action);
        todo.remove(action.id());
        if (sim.chaos.happens(Fault.ANSWERED_TWICE, 0.3)) {
            client.answer(run.id, action.id(), answer);
        }
    }

    void cancel(Node node) {
        sim.world.tell(() -> who(false) + " cancels " + run.id);
        node.client().cancel(run.id, who(false));
    }

    private static String words(Answer answer) {
        if (answer instanceof Answer.Saw saw) {
            String text = saw.text().replace("\n", " ⏎ ");
            return "saw “" + (text.length() > 160 ? text.substring(0, 160) + "…" : text) + "”";
        }
        return answer instanceof Answer.Blocked blocked
                ? "blocked " + blocked.reason()
                : answer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private Telling told(Telling telling) {
        tellings.put(telling.by() + "\n" + telling.text(), telling);
        newest = telling;
        if (!telling.isTrue()) {
            lies(telling.by());
        }
        return telling;
    }

    private void lies(String by) {
        sim.world.tell(() -> by + " tells an untruth");
        organisation.console.liars.add(by);
    }

    private void handIn(ActivationClient client, Telling telling) {
        sim.world.tell(() -> telling.by() + " hands in " + words(Answer.saw(telling.by(), telling.text())));
        try {
            client.handIn(run.id, new Answer.Saw(telling.by(), telling.text()));
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.ANSWER_FORM && e.code() != ErrorCode.ACTION_GONE) {
                throw e;
            }
        }
    }

    // ---- afterwards

    /** After the end, too, if anything was answered. */
    void takeBack(ActivationClient client) {
        changesOfMind++;
        if (answered.isEmpty() || dice.nextInt(3) == 0) {
            try {
                client.correctReading(run.id, who(false));
                sim.world.tell(() -> who(false) + " takes the newest reading back");
                sim.reach.rare("reading-taken-back");
            } catch (KaitsuException e) {
                if (e.code() != ErrorCode.ACTION_NOT_FOUND) {
                    throw e;
                }
            }
        } else {
            ActionId action = Chaos.one(dice, answered).id();
            sim.world.tell(() -> who(false) + " takes back what was answered to " + action);
            try {
                client.correct(run.id, action, who(false));
            } catch (KaitsuException e) {
                if (e.code() != ErrorCode.ACTION_NOT_FOUND) { // it came too late, and was kept as pages handed in
                    throw e;
                }
            }
            sim.reach.rare("answer-taken-back");
        }
    }

    /** A second person says no to what was done: rightly or not, it has to be looked at again. */
    void contradict(ActivationClient client) {
        changesOfMind++;
        List<OperatorAction> done = answered.stream()
                .filter(a -> a.form().kind() == AnswerForm.Kind.DONE)
                .toList();
        if (!done.isEmpty()) {
            ActionId action = Chaos.one(dice, done).id();
            sim.world.tell(() -> "mori-" + run.number + " says the opposite of " + action);
            lies("mori-" + run.number);
            try {
                client.answer(run.id, action, Answer.blocked("mori-" + run.number, BlockReason.OTHER));
            } catch (KaitsuException e) {
                if (e.code() != ErrorCode.ACTION_GONE) {
                    throw e;
                }
            }
            sim.reach.rare("answer-contradicted");
        }
    }

    // ---- a browser

    void machine(Node node, Operator machine, OperatorAction action) {
        sim.after(Duration.ofSeconds(5 + dice.nextInt(60)).plus(reluctance().dividedBy(8)), () -> {
            if (node.isDead) {
                return;
            }
            boolean isReading = action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT;
            if (isReading) {
                sim.chaos.happens(Fault.MACHINE_READS, 1);
            }
            Answer answer = isReading
                    ? Answer.saw("browser", told(copies.whole("browser")).text())
                    : new Answer.HandedBack("browser", "a page that it does not know", List.of());
            sim.world.tell(() -> "browser answers " + action.id() + ": " + words(answer));
            if (!isReading) {
                sim.chaos.happens(Fault.MACHINE_HANDS_BACK, 1);
            }
            try {
                node.client().answerAsRead(machine, run.id, action.id(), answer);
            } catch (Crash e) {
                // it is offered again
            } catch (IllegalArgumentException e) {
                // its process has begun anew meanwhile
            } catch (KaitsuException e) {
                if (e.code() == ErrorCode.IO_ERROR) {
                    machine(node, machine, action);
                }
            }
        });
    }

    // ---- what is asked

    private Answer doIt(Node node, OperatorAction action) throws InterruptedException {
        String step = action.step().value();
        String name = step.substring(step.indexOf('.') + 1);
        CloudService service = action.service().orElse(CloudService.BOX);
        String by = who(true);
        if (action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT) {
            return read(by, action);
        }
        boolean isDo = action.form().kind() == AnswerForm.Kind.DONE;
        if (isDo && sim.chaos.happens(Fault.SAYS_DONE, 0.2)) {
            lies(by);
            return Answer.done(by);
        }
        boolean isDone = pressedFor.contains(action.id()); // only the answer was lost
        if (!isDone && sim.chaos.happens(Fault.DECLINES, name.equals("announce") ? 0.4 : 0.04)) {
            return Answer.declined(by);
        }
        if (name.equals("permission") && sim.chaos.happens(Fault.CANNOT, 0.8)) {
            return Answer.blocked(by, Chaos.one(dice, Service.ACCEPTED));
        }
        if (isDo && !name.equals("grant") && !name.equals("finish") && sim.chaos.happens(Fault.CANNOT, 0.15)) {
            return Answer.blocked(by, Chaos.one(dice, Arrays.asList(BlockReason.values())));
        }
        return switch (name) {
            case "edition" ->
                Answer.saw(
                        by,
                        organisation.console.edition == io.github.kaitsu.Edition.CONSOLE_2024_07
                                ? "2024-07"
                                : "2024-04");
            case "users" -> Answer.saw(by, users(by));
            case "counts" -> choice(by, newest == null || newest.areCountsTotals());
            case "furniture" -> choice(by, isFurniture(action));
            case "own-text" -> choice(by, newest == null || !newest.isAnothers());
            case "sentence" -> choice(by, organisation.console.hasNewSentence);
            case "unfinished" -> choice(by, isUnfinished(service));
            case "grant" -> grant(by, action, service);
            case "finish" -> {
                organisation.finish(service);
                yield Answer.done(by);
            }
            case "install" -> {
                organisation.switched.putIfAbsent(CloudService.GMAIL, sim.world.now());
                yield Answer.done(by);
            }
            case "switch" -> {
                organisation.switched.putIfAbsent(service, sim.world.now());
                yield Answer.done(by);
            }
            case "clear-pending" -> {
                sim.world.tell(() -> by + " has everything cleared that is 保留");
                organisation.console.clearPending();
                yield Answer.done(by);
            }
            case "remove" -> {
                organisation.end(service);
                yield Answer.done(by);
            }
            case "admin" -> choice(by, !organisation.isWrongRole);
            case "folders" -> choice(by, organisation.isProtected(service) && !organisation.isFolderMissing);
            case "gone" -> choice(by, !organisation.links.containsKey(service));
            case "case" -> Answer.saw(by, "one");
            default -> access(node, by, step);
        };
    }

    /** About the own app's access to a provider, or something that needs nothing but doing. */
    private Answer access(Node node, String by, String step) throws InterruptedException {
        int dot = step.indexOf('.');
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            if (!step.substring(dot + 1).equals(provider.name().toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (step.startsWith("connect.")) {
                sim.reach.rare("asked-to-reconnect");
                return sim.connect(node, organisation.customer, provider)
                        ? Answer.done(by)
                        : Answer.blocked(by, BlockReason.PAGE_ERROR);
            }
            sim.reach.rare(step.startsWith("app.") ? "asked-to-mend-the-app" : "asked-to-allow-the-app");
            sim.mend(provider);
        }
        return Answer.done(by);
    }

    private Answer read(String by, OperatorAction action) {
        if (sim.chaos.happens(Fault.SIGNED_OUT, 0.12)) {
            return Answer.blocked(by, BlockReason.EXPIRED);
        }
        if (sim.chaos.happens(Fault.DECLINES, 0.01)) {
            return Answer.declined(by);
        }
        if (sim.chaos.happens(Fault.CANNOT, 0.05)) {
            return Answer.blocked(by, Chaos.one(dice, List.of(BlockReason.PAGE_ERROR, BlockReason.WRONG_ROLE)));
        }
        boolean isSentToSupport =
                action.template().lines().stream().anyMatch(l -> l.code().equals("read-support"));
        isTired |= isSentToSupport && dice.nextInt(3) == 0;
        if (isSentToSupport && isTired) {
            return Answer.blocked(by, BlockReason.OTHER); // as the action says one may
        }
        List<Part> asked = action.form().parts();
        Telling telling = told(copies.copy(by, asked));
        return Answer.saw(by, telling.text());
    }

    private Answer choice(String by, boolean truth) {
        boolean said = truth;
        if (sim.chaos.happens(Fault.WRONG_CHOICE, 0.4)) {
            said = !truth;
            lies(by);
        }
        return Answer.saw(by, said ? "yes" : "no");
    }

    private String users(String by) {
        boolean isMany = organisation.users >= 10_000;
        if (sim.chaos.happens(Fault.WRONG_CHOICE, 0.4)) {
            lies(by);
            isMany = !isMany;
        }
        return dice.nextInt(4) == 0 ? "unknown" : isMany ? "10000-or-more" : "under-10000";
    }

    private boolean isUnfinished(CloudService service) {
        Link link = organisation.links.get(service);
        return link != null && !link.isFinished;
    }

    /** Looks at the lines that are asked about. */
    private static boolean isFurniture(OperatorAction action) {
        String lines = String.join("\n", action.instructions(Locale.JAPANESE));
        String rest = lines;
        for (String noise : Pages.NOISE) {
            rest = rest.replace(noise, "");
        }
        return !rest.equals(lines)
                && !rest.contains("@")
                && !rest.contains("保護")
                && CLOUD.stream().noneMatch(rest::contains);
    }

    private static final TreeSet<String> CLOUD = new TreeSet<>();

    static {
        for (CloudService service : CloudService.values()) {
            CLOUD.add(service.label(Locale.JAPANESE));
            CLOUD.add(service.label(Locale.ENGLISH));
        }
    }

    // ---- the grant

    private Answer grant(String by, OperatorAction action, CloudService service) {
        if (organisation.isListed(service)) {
            return dice.nextBoolean() ? Answer.done(by) : Answer.blocked(by, BlockReason.GREYED_OUT);
        }
        Link before = organisation.links.get(service);
        if (before != null && pressedFor.contains(action.id())) {
            return Answer.done(by);
        }
        if (before != null && before.since.plus(JUST_NOW).isAfter(sim.world.now())) {
            return Answer.done(by); // done a moment ago, only the answer was lost
        }
        if (sim.chaos.happens(Fault.CANNOT, 0.06)) {
            return Answer.blocked(
                    by,
                    Chaos.one(
                            dice,
                            List.of(
                                    BlockReason.WRONG_ROLE,
                                    BlockReason.BLOCKED_BY_POLICY,
                                    BlockReason.PAGE_ERROR,
                                    BlockReason.WRONG_ACCOUNT)));
        }
        boolean isThrough = sim.press(run, action, service);
        if (isThrough) {
            pressedFor.add(action.id());
        }
        if (isThrough && sim.chaos.happens(Fault.DENIES_WHAT_IS, 0.2)) {
            lies(by);
            return Answer.blocked(by, BlockReason.PAGE_ERROR);
        }
        return isThrough ? Answer.done(by) : Answer.blocked(by, BlockReason.PAGE_ERROR);
    }
}
