package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.sandbox.Sandbox;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Where a new run goes: into a state folder, if there is one, beside the runs that are in it. */
final class RunFolder {
    private final Optional<Workspace> workspace;

    RunFolder(Optional<Workspace> workspace) {
        this.workspace = workspace;
    }

    /** @param sandbox the folder of its sandbox within the state folder, if it has both */
    record Place(ActivationId id, Optional<String> sandbox) {}

    Optional<Workspace> workspace() {
        return workspace;
    }

    /**
     * Finds a place, before any server is started.
     *
     * @throws KaitsuException CUSTOMER_BUSY while another run of the customer is not over
     */
    Place place(CustomerId customer, Optional<ActivationId> named, String prefix, boolean sandboxed) {
        if (workspace.isEmpty()) {
            return new Place(named.orElse(ActivationId.of(prefix + "-1")), Optional.empty());
        }
        try (ActivationClient client = Desk.client(workspace.get(), Clock.systemUTC())) {
            List<ActivationView> runs = workspace.get().runs(client);
            ActivationId id = named.orElseGet(() -> Workspace.unusedId(client, prefix));
            runs.stream()
                    .filter(r -> !r.ended() && r.customer().equals(customer) && !r.id().equals(id))
                    .findFirst()
                    .ifPresent(r -> {
                        throw KaitsuException.of(ErrorCode.CUSTOMER_BUSY, "", r.id());
                    });
            Optional<String> sandbox =
                    sandboxed ? Optional.of(workspace.get().sandboxOf(customer, runs)) : Optional.empty();
            return new Place(id, sandbox);
        }
    }

    /** Starts the sandbox of a place; one that was there already keeps what it was set up with. */
    Sandbox start(Place place, Sandbox.Builder builder, CustomerId customer) {
        workspace.ifPresent(w -> place.sandbox().ifPresent(name -> builder.state(w.sandbox(name))));
        Sandbox sandbox = builder.start();
        boolean isTheirs = sandbox.account().equals(customer.account())
                && sandbox.site() == customer.site()
                && sandbox.organisations().contains(customer.organisation());
        if (!isTheirs) {
            sandbox.close();
            throw Refusal.of(ErrorCode.INVALID_REQUEST, "error.other-sandbox", sandbox.account());
        }
        return sandbox;
    }

    void remember(ActivationId id, Choice choice) {
        workspace.ifPresent(w -> w.remember(id, choice));
    }
}
