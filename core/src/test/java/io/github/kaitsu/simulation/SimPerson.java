package io.github.kaitsu.simulation;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Does what is asked, in any order, sometimes late, sometimes not yet, sometimes twice; looks before acting. */
final class SimPerson implements Operator {
    private final SimWorld world;
    private final Random moods;
    private final double trouble;
    private final List<OperatorAction> todo = new ArrayList<>();
    final List<String> violations = new ArrayList<>();
    private final Set<String> offeredDos = new HashSet<>();
    CloudService declines;

    SimPerson(SimWorld world, Random moods, double trouble) {
        this.world = world;
        this.moods = moods;
        this.trouble = trouble;
    }

    @Override
    public void offer(OperatorAction action) {
        todo.removeIf(a -> a.id().equals(action.id())); // offered again after a crash
        todo.add(action);
        offeredDos.add(action.id().value());
    }

    @Override
    public void withdraw(ActivationId activation, ActionId action) {
        todo.removeIf(a -> a.id().equals(action));
    }

    /** Forgets what the dead process offered; the next one offers it again. */
    void processDied() {
        todo.clear();
    }

    boolean hasWork() {
        return !todo.isEmpty();
    }

    void doOne(ActivationClient client) {
        OperatorAction action = todo.get(moods.nextInt(todo.size()));
        try {
            if (moods.nextDouble() < trouble) {
                if (moods.nextBoolean()) {
                    client.answer(action.activation(), action.id(), Answer.notYet("sato"));
                } else {
                    act(action); // done, but the answer is lost: asked again, and looks first
                }
                return;
            }
            Answer answer = act(action);
            client.answer(action.activation(), action.id(), answer);
            if (moods.nextDouble() < trouble) {
                client.answer(action.activation(), action.id(), answer);
            }
            todo.removeIf(a -> a.id().equals(action.id()));
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.ACTION_GONE) {
                throw e;
            }
            todo.removeIf(a -> a.id().equals(action.id()));
        }
    }

    private Answer act(OperatorAction action) {
        String step = action.step().value();
        String name = step.substring(step.indexOf('.') + 1);
        CloudService service = action.service().orElse(CloudService.BOX);
        return switch (name) {
            case "edition" -> Answer.saw("sato", "2024-04");
            case "users" -> Answer.saw("sato", "under-10000");
            case "read" -> Answer.saw("sato", world.consoleText());
            case "grant" -> grant(service);
            case "finish" -> {
                world.finish(service);
                yield Answer.done("sato");
            }
            case "switch" -> {
                SimWorld.Linked linked = world.services.get(service);
                linked.postSetupAt = linked.postSetupDone ? linked.postSetupAt : world.clock.instant();
                linked.postSetupDone = true;
                yield Answer.done("sato");
            }
            case "clear-pending" -> {
                world.clearPending();
                yield Answer.done("sato");
            }
            case "remove" -> {
                world.services.remove(service);
                yield Answer.done("sato");
            }
            default -> Answer.done("sato");
        };
    }

    private Answer grant(CloudService service) {
        if (service == declines) {
            return Answer.declined("sato");
        }
        SimWorld.Linked linked = world.services.get(service);
        if (linked != null && linked.listed) {
            return Answer.done("sato"); // greyed out: it was granted already
        }
        if (linked != null && linked.since.plusSeconds(60).isAfter(world.clock.instant())) {
            return Answer.done("sato"); // done a moment ago, only the answer was lost
        }
        return world.grant(service, service == CloudService.MICROSOFT_TEAMS)
                ? Answer.done("sato")
                : Answer.blocked("sato", BlockReason.PAGE_ERROR);
    }
}
