package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxSummary;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads and answers what is in a state folder. Starts no server and no look, so it works beside a process that does. */
final class Desk implements AutoCloseable {
    private final ActivationClient client;
    private final ActivationView view;
    private final Optional<Path> sandbox;
    private final Path folder;

    private Desk(ActivationClient client, ActivationView view, Optional<Path> sandbox, Path folder) {
        this.client = client;
        this.view = view;
        this.sandbox = sandbox;
        this.folder = folder;
    }

    /** The named run, or the one somebody who names none means. */
    static Desk open(Invocation call, StateOptions state) {
        Workspace workspace = state.workspace(call);
        ActivationId id;
        try (ActivationClient any = client(workspace, Clock.systemUTC())) {
            id = workspace.run(any, state.activation()).id();
        }
        Choices.Choice choice = workspace.choice(id);
        Optional<Path> sandbox = choice.sandbox().map(workspace::sandbox);
        ActivationClient client = client(workspace, clock(workspace, id), choice.connected());
        return new Desk(client, workspace.run(client, Optional.of(id)), sandbox, workspace.folder());
    }

    /** The time in which a run happens: its sandbox's, if it has one. */
    static Clock clock(Workspace workspace, ActivationId id) {
        Optional<Path> sandbox = workspace.choice(id).sandbox().map(workspace::sandbox);
        return sandbox.<Clock>map(SandboxTime::new).orElse(Clock.systemUTC());
    }

    static ActivationClient client(Workspace workspace, Clock clock) {
        return client(workspace, clock, true);
    }

    /** @param connected whether the runs are looked at */
    private static ActivationClient client(Workspace workspace, Clock clock, boolean connected) {
        return ActivationClient.builder()
                .provisioners(Provisioners.reading(connected))
                .store(workspace.store())
                .clock(clock)
                .build();
    }

    Path folder() {
        return folder;
    }

    ActivationClient client() {
        return client;
    }

    /** As it was when the desk was opened. */
    ActivationView view() {
        return view;
    }

    ActivationView newView() {
        return client.find(view.id()).orElseThrow().view();
    }

    Optional<SandboxSummary> summary() {
        return sandbox.flatMap(Sandbox::summary);
    }

    @Override
    public void close() {
        client.close();
    }

    /** The time of a sandbox that may run in another process. */
    private static final class SandboxTime extends Clock {
        private final Path folder;

        SandboxTime(Path folder) {
            this.folder = folder;
        }

        @Override
        public Instant instant() {
            return Sandbox.summary(folder).map(SandboxSummary::clock).orElseGet(Instant::now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this; // only its instants are asked for
        }
    }
}
