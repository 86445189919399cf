package io.github.kaitsu.store;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which runs are wanted: those that fit everything that is said. Immutable.
 *
 * @param console those of this console
 * @param customer those of this customer
 * @param reference those begun under this reference
 * @param label those that have this label
 * @param status those with at least one service that is so far
 * @param turn those in which it is this one's turn
 * @param isEnded those that have ended, or those that have not
 * @param silentSince those whose newest entry is older
 */
public record RunQuery(
        Optional<ConsoleId> console,
        Optional<CustomerId> customer,
        Optional<String> reference,
        Optional<String> label,
        Optional<ActivationStatus> status,
        Optional<Turn> turn,
        Optional<Boolean> isEnded,
        Optional<Instant> silentSince) {

    /** Every run. */
    public static RunQuery all() {
        return new RunQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Every run that has not ended. */
    public static RunQuery live() {
        return all().ended(false);
    }

    /** Of these, those of one console. */
    public RunQuery ofConsole(ConsoleId some) {
        return new RunQuery(Optional.of(some), customer, reference, label, status, turn, isEnded, silentSince);
    }

    /** Of these, those of one customer. */
    public RunQuery ofCustomer(CustomerId some) {
        return new RunQuery(console, Optional.of(some), reference, label, status, turn, isEnded, silentSince);
    }

    /** Of these, those begun under a reference. */
    public RunQuery withReference(String some) {
        return new RunQuery(console, customer, Optional.of(some), label, status, turn, isEnded, silentSince);
    }

    /** Of these, those that have a label. */
    public RunQuery withLabel(String some) {
        return new RunQuery(console, customer, reference, Optional.of(some), status, turn, isEnded, silentSince);
    }

    /** Of these, those with at least one service that is so far. */
    public RunQuery withStatus(ActivationStatus some) {
        return new RunQuery(console, customer, reference, label, Optional.of(some), turn, isEnded, silentSince);
    }

    /** Of these, those in which it is somebody's turn. */
    public RunQuery withTurn(Turn some) {
        return new RunQuery(console, customer, reference, label, status, Optional.of(some), isEnded, silentSince);
    }

    /** Of these, those that have ended, or those that have not. */
    public RunQuery ended(boolean whether) {
        return new RunQuery(console, customer, reference, label, status, turn, Optional.of(whether), silentSince);
    }

    /** Of these, those whose newest entry is older. */
    public RunQuery silentSince(Instant time) {
        return new RunQuery(console, customer, reference, label, status, turn, isEnded, Optional.of(time));
    }

    /** Whether a run is wanted; what a store that cannot ask its medium goes by. */
    public boolean matches(RunHead head) {
        return console.map(head.customer().console()::equals).orElse(true)
                && customer.map(head.customer()::equals).orElse(true)
                && reference.map(r -> head.reference().equals(Optional.of(r))).orElse(true)
                && label.map(head.labels()::contains).orElse(true)
                && status.map(head.services()::containsValue).orElse(true)
                && turn.map(t -> head.turn() == t).orElse(true)
                && isEnded.map(e -> head.isEnded() == e).orElse(true)
                && silentSince.map(head.lastEventAt()::isBefore).orElse(true);
    }
}
