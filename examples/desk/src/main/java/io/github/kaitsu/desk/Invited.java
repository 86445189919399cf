package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.invite.Invitation;
import io.github.kaitsu.invite.InvitationStore;
import io.github.kaitsu.operator.Role;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Who at the customer has a link that works. Thread-safe. */
@Component
public class Invited {
    private final InvitationStore invitations;

    Invited(InvitationStore invitations) {
        this.invitations = invitations;
    }

    /** Roles whose person has one; links end by the real time. */
    public Set<Role> roles(ActivationId id) {
        Instant now = Instant.now();
        return invitations.of(id).stream()
                .filter(i -> i.state(now) == Invitation.State.OPEN)
                .map(Invitation::role)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }
}
