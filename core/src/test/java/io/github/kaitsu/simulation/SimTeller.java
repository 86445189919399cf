package io.github.kaitsu.simulation;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.simulation.SimTelling.Falsehood;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Does what is asked as people do: partly, late, twice, unasked, by mistake, and in some seeds untruthfully. */
final class SimTeller implements Operator {
    private static final Duration JUST_NOW = Duration.ofMinutes(1);
    private static final int MOST_CHANGES_OF_MIND = 3;

    private final SimWorld world;
    private final SimCopies copies;
    private final Random moods;
    private final Set<SimTrait> traits;
    private final List<OperatorAction> todo = new ArrayList<>();
    private final List<OperatorAction> answered = new ArrayList<>();
    private int changesOfMind;

    /** What was offered, as somebody reads it. */
    final Map<ActionId, OperatorAction> offered = new HashMap<>();

    final List<SimTelling> tellings = new ArrayList<>();
    final List<Falsehood> falsehoods = new ArrayList<>();

    SimTeller(SimWorld world, SimCopies copies, Random moods, Set<SimTrait> traits) {
        this.world = world;
        this.copies = copies;
        this.moods = moods;
        this.traits = traits;
    }

    @Override
    public void offer(OperatorAction action) {
        offered.put(action.id(), action);
        todo.removeIf(a -> a.id().equals(action.id())); // offered again after a crash
        todo.add(action);
    }

    @Override
    public void withdraw(ActivationId activation, ActionId action) {
        todo.removeIf(a -> a.id().equals(action));
    }

    void processDied() {
        todo.clear();
    }

    boolean hasWork() {
        return !todo.isEmpty();
    }

    private boolean roll(SimTrait trait, double chance) {
        return traits.contains(trait) && moods.nextDouble() < chance;
    }

    private String who() {
        return roll(SimTrait.SECOND_PERSON, 0.3) ? "mori" : "sato";
    }

    // ---- one act

    void doOne(ActivationClient client) {
        copies.look();
        OperatorAction action = todo.get(moods.nextInt(todo.size()));
        try {
            if (roll(SimTrait.UNASKED, 0.15)) {
                SimTelling telling = told(copies.copy(who(), List.of()));
                client.handIn(action.activation(), new Answer.Saw(telling.by(), telling.text()));
                return;
            }
            if (roll(SimTrait.CORRECTS, 0.1) && changesOfMind < MOST_CHANGES_OF_MIND) {
                takeBack(client, action.activation());
                return;
            }
            if (roll(SimTrait.SECOND_PERSON, 0.1) && changesOfMind < MOST_CHANGES_OF_MIND) {
                contradict(client, action.activation());
                return;
            }
            if (roll(SimTrait.NOT_YET, 0.3)) {
                client.answer(action.activation(), action.id(), Answer.notYet(who()));
                return;
            }
            answer(client, action);
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.ACTION_GONE) {
                throw e;
            }
            todo.removeIf(a -> a.id().equals(action.id()));
        }
    }

    private void answer(ActivationClient client, OperatorAction action) {
        Answer answer = action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT ? read(action) : act(action);
        if (roll(SimTrait.ANSWERS_GET_LOST, 0.3)) {
            return; // done, but nobody is told: asked again, and looks first
        }
        client.answer(action.activation(), action.id(), answer);
        answered.add(action);
        if (roll(SimTrait.TWICE, 0.5)) {
            client.answer(action.activation(), action.id(), answer);
        }
        todo.removeIf(a -> a.id().equals(action.id()));
    }

    private SimTelling told(SimTelling telling) {
        tellings.add(telling);
        return telling;
    }

    private Answer read(OperatorAction action) {
        if (roll(SimTrait.SIGNED_OUT, 0.2)) {
            return Answer.blocked(who(), BlockReason.EXPIRED);
        }
        SimTelling telling = told(copies.copy(who(), action.form().parts()));
        return Answer.saw(telling.by(), telling.text());
    }

    /** After the end, too, if anything was answered. */
    void takeBack(ActivationClient client, ActivationId run) {
        changesOfMind++;
        if (answered.isEmpty() || moods.nextInt(3) == 0) {
            if (tellings.isEmpty()) {
                return;
            }
            try {
                client.correctReading(run, "sato");
            } catch (KaitsuException e) {
                if (e.code() != ErrorCode.ACTION_NOT_FOUND) { // its answer got lost
                    throw e;
                }
            }
        } else {
            client.correct(run, answered.get(moods.nextInt(answered.size())).id(), "sato");
        }
    }

    /** A second person says no to what was done: rightly or not, it has to be looked at again. */
    void contradict(ActivationClient client, ActivationId run) {
        changesOfMind++;
        List<OperatorAction> done = answered.stream()
                .filter(a -> a.form().kind() == AnswerForm.Kind.DONE)
                .toList();
        if (!done.isEmpty()) {
            ActionId action = done.get(moods.nextInt(done.size())).id();
            client.answer(run, action, Answer.blocked("mori", BlockReason.OTHER));
        }
    }

    // ---- what is asked

    private Answer act(OperatorAction action) {
        String step = action.step().value();
        String name = step.substring(step.indexOf('.') + 1);
        CloudService service = action.service().orElse(CloudService.BOX);
        String by = who();
        if (action.form().kind() == AnswerForm.Kind.DONE && roll(SimTrait.SAYS_YES, 0.4)) {
            falsehoods.add(new Falsehood(by, action.id(), step));
            return Answer.done(by);
        }
        return switch (name) {
            case "edition" -> Answer.saw(by, "2024-04");
            case "grant" -> grant(by, service);
            case "finish" -> {
                if (world.services.containsKey(service)) {
                    world.finish(service);
                }
                yield Answer.done(by);
            }
            case "switch" -> {
                SimWorld.Linked linked = world.services.get(service);
                if (linked == null) {
                    yield Answer.blocked(by, BlockReason.NOT_FOUND);
                }
                linked.postSetupDone = true;
                yield Answer.done(by);
            }
            case "clear-pending" -> {
                world.clearPending();
                world.neighbours.forEach(SimWorld::clearPending);
                yield Answer.done(by);
            }
            case "users" -> Answer.saw(by, users());
            case "counts" -> choice(by, action, copies.areCountsTotals());
            case "furniture" -> choice(by, action, isFurniture(action));
            case "own-text" ->
                choice(by, action, !tellings.get(tellings.size() - 1).isAnothers());
            case "sentence" -> choice(by, action, false);
            default -> Answer.done(by);
        };
    }

    private Answer choice(String by, OperatorAction action, boolean truth) {
        boolean said = truth;
        if (roll(SimTrait.WRONG_ANSWERS, 0.6)) {
            said = !truth;
            falsehoods.add(new Falsehood(by, action.id(), action.step().value()));
        }
        return Answer.saw(by, said ? "yes" : "no");
    }

    private String users() {
        boolean isMany = world.users >= 10_000 != roll(SimTrait.WRONG_ANSWERS, 0.6);
        return moods.nextInt(4) == 0 ? "unknown" : isMany ? "10000-or-more" : "under-10000";
    }

    /** Looks at the lines that are asked about. */
    private static boolean isFurniture(OperatorAction action) {
        String lines = String.join("\n", action.instructions(Locale.JAPANESE));
        String rest = lines;
        for (String noise : SimPages.NOISE) {
            rest = rest.replace(noise, "");
        }
        return !rest.contains("@") && CLOUD.stream().noneMatch(rest::contains) && !rest.equals(lines);
    }

    private static final List<String> CLOUD = CloudService.standard().stream()
            .flatMap(s -> List.of(s.label(Locale.JAPANESE), s.label(Locale.ENGLISH)).stream())
            .toList();

    private Answer grant(String by, CloudService service) {
        SimWorld.Linked linked = world.services.get(service);
        if (linked != null && linked.listed) {
            return moods.nextBoolean() ? Answer.done(by) : Answer.blocked(by, BlockReason.GREYED_OUT);
        }
        if (linked != null && linked.since.plus(JUST_NOW).isAfter(world.clock.instant())) {
            return Answer.done(by); // done a moment ago, only the answer was lost
        }
        boolean isOwnOnly = world.isPending(service)
                && world.services.keySet().stream().filter(world::isPending).count() == 1
                && world.neighbours.stream().noneMatch(SimWorld::isAnythingPending);
        if (world.isAnythingPending() && !isOwnOnly) {
            return Answer.blocked(by, BlockReason.PAGE_ERROR); // the console refuses
        }
        return world.press(service, service == CloudService.MICROSOFT_TEAMS)
                ? Answer.done(by)
                : Answer.blocked(by, BlockReason.PAGE_ERROR);
    }
}
