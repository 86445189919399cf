package io.github.kaitsu.invite;

import io.github.kaitsu.ActivationId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Keeps invitations as long as the process lives: for tests. */
public final class MemoryInvitationStore implements InvitationStore {
    private final Map<String, Invitation> kept = new ConcurrentHashMap<>();

    @Override
    public void create(Invitation invitation) {
        if (kept.putIfAbsent(invitation.id(), invitation) != null) {
            throw new IllegalStateException("there is an invitation with this id");
        }
    }

    @Override
    public Optional<Invitation> find(String id) {
        return Optional.ofNullable(kept.get(id));
    }

    @Override
    public Optional<Invitation> change(String id, UnaryOperator<Invitation> change) {
        return Optional.ofNullable(kept.computeIfPresent(id, (same, invitation) -> change.apply(invitation)));
    }

    @Override
    public List<Invitation> of(ActivationId activation) {
        return kept.values().stream()
                .filter(i -> i.activation().equals(activation))
                .sorted(Comparator.comparing(Invitation::minted).thenComparing(Invitation::id))
                .toList();
    }

    @Override
    public void forget(ActivationId activation) {
        kept.values().removeIf(i -> i.activation().equals(activation));
    }
}
