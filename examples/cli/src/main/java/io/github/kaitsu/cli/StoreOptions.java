package io.github.kaitsu.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where runs are kept: in a folder, or in a database. */
final class StoreOptions {
    private static final String PASSWORD = "KAITSU_JDBC_PASSWORD";

    @Option(names = "--state", paramLabel = "DIR")
    private @Nullable String state;

    @Option(names = "--jdbc", paramLabel = "URL")
    private @Nullable String jdbc;

    @Option(names = "--jdbc-user", paramLabel = "NAME")
    private @Nullable String user;

    @Option(names = "--jdbc-password-file", paramLabel = "FILE")
    private @Nullable String passwordFile;

    private @Nullable Workspace opened;

    /** Empty if nothing is to outlive the command. */
    Optional<Workspace> workspace(Invocation call) {
        if (opened == null && jdbc != null) {
            Workspace beside = state == null
                    ? Workspace.at(Jdbc.folder(jdbc, call.io().environment()).toString())
                    : Workspace.at(state);
            Jdbc database = Jdbc.open(jdbc, Optional.ofNullable(user), password(call));
            call.keep(database);
            opened = beside.with(database);
        } else if (opened == null && state != null) {
            if (user != null || passwordFile != null) {
                throw Refusal.usage("jdbc-only", user != null ? "--jdbc-user" : "--jdbc-password-file");
            }
            opened = Workspace.at(state);
        }
        return Optional.ofNullable(opened);
    }

    Workspace required(Invocation call) {
        return workspace(call).orElseThrow(() -> Refusal.usage("missing", "--state"));
    }

    /** Never on the command line, where every user of the machine could read it. */
    private String password(Invocation call) {
        return passwordFile == null
                ? call.io().environment().getOrDefault(PASSWORD, "")
                : InputFile.read(passwordFile, call.io()).lines().findFirst().orElse("");
    }
}
