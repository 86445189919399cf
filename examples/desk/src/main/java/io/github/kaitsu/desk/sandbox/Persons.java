package io.github.kaitsu.desk.sandbox;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.desk.Invited;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripted persons of all customers: each answers what its role is asked, as soon as somebody has invited it and its pace allows.
 * Thread-safe; {@link #workOne} is called by one thread.
 */
final class Persons implements Operator {
    private static final Logger LOG = LoggerFactory.getLogger(Persons.class);
    private static final Duration USUAL = Duration.ofMinutes(10);

    private final Worlds worlds;
    private final Invited invited;
    private final Map<CustomerId, Persona> personas = new ConcurrentHashMap<>();
    private final Map<Task, OperatorAction> open = new ConcurrentHashMap<>();

    Persons(Worlds worlds, Invited invited) {
        this.worlds = worlds;
        this.invited = invited;
    }

    private record Task(ActivationId run, ActionId action) {}

    void behave(CustomerId customer, Persona persona) {
        personas.put(customer, persona);
    }

    @Override
    public void offer(OperatorAction action) {
        open.put(new Task(action.activation(), action.id()), action);
    }

    @Override
    public void withdraw(ActivationId activation, ActionId action) {
        open.remove(new Task(activation, action));
    }

    /** When the next person answers, of those who may. */
    Optional<Instant> nextAt(ActivationClient client) {
        return open.values().stream()
                .filter(a -> isWilling(client, a))
                .map(this::due)
                .min(Comparator.naturalOrder());
    }

    private Instant due(OperatorAction action) {
        return action.offeredAt()
                .plus(Optional.ofNullable(personas.get(action.customer()))
                        .map(Persona::pace)
                        .orElse(USUAL));
    }

    private boolean isWilling(ActivationClient client, OperatorAction action) {
        Persona persona = personas.get(action.customer());
        boolean stops = persona != null
                && persona.stopsAt()
                        .filter(s -> client.find(action.activation()).stream()
                                .map(a -> a.view())
                                .anyMatch(v -> isAt(v, s)))
                        .isPresent();
        return !stops && invited.roles(action.activation()).contains(Role.of(action.step()));
    }

    private static boolean isAt(ActivationView view, io.github.kaitsu.ActivationStatus status) {
        return view.removal() == (status == io.github.kaitsu.ActivationStatus.REMOVING)
                && view.services().stream().anyMatch(s -> s.status() == status);
    }

    /** Performs the action that has been due for longest; false if none is. */
    boolean workOne(ActivationClient client, Instant now) {
        Optional<OperatorAction> next = open.values().stream()
                .filter(a -> !due(a).isAfter(now) && isWilling(client, a))
                .min(Comparator.comparing(this::due));
        next.ifPresent(action -> {
            withdraw(action.activation(), action.id());
            perform(client, action);
        });
        return next.isPresent();
    }

    private void perform(ActivationClient client, OperatorAction action) {
        try {
            Answer answer = worlds.of(action.customer()).person().perform(action);
            client.answer(action.activation(), action.id(), answer);
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.ACTION_GONE && e.code() != ErrorCode.ACTION_NOT_FOUND) {
                LOG.warn("{}: a scripted person's answer to {}", action.activation(), action.id(), e);
            }
        } catch (IllegalStateException e) {
            LOG.warn("{}: the scripted person does not know {}", action.activation(), action.id(), e);
        }
    }
}
