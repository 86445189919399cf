package io.github.kaitsu.invite;

import io.github.kaitsu.ActivationId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where invitations are kept. For hosts that keep theirs in a database of their own; {@code InvitationStoreContract} in the jar
 * {@code contracts} says what every one must keep to. Thread-safe; among several processes too, where several serve the page.
 */
public interface InvitationStore {
    /**
     * Keeps a new one; it is durable when this returns.
     *
     * @throws IllegalStateException if there is one with this id
     */
    void create(Invitation invitation);

    /** The invitation of this id, whatever its state; empty if there is none. */
    Optional<Invitation> find(String id);

    /**
     * Replaces one by what is made of it. Nobody else changes it meanwhile.
     *
     * @param change from what is there to what is to be there; may be called more than once, has no effects of its own
     * @return what is there then; empty if there is none with this id
     */
    Optional<Invitation> change(String id, UnaryOperator<Invitation> change);

    /** All of one run, in the order in which they were minted. */
    List<Invitation> of(ActivationId activation);

    /** Erases all of one run. Erasing twice is harmless. */
    void forget(ActivationId activation);
}
