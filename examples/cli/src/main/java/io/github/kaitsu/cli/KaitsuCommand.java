package io.github.kaitsu.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root: global options and the list of commands. */
@Command(
        name = "kaitsu",
        subcommands = {
            PlanCommand.class,
            ActivateCommand.class,
            ResumeCommand.class,
            StatusCommand.class,
            AnswerCommand.class,
            CancelCommand.class,
            VerifyCommand.class,
            DeactivateCommand.class,
            ReportCommand.class,
            ForgetCommand.class,
            FleetCommand.class,
            InviteCommand.class,
            OpeningMailCommand.class,
            ConsoleStatusCommand.class,
            SharePointPermissionCommand.class,
            ConsentCommand.class,
            SandboxCommand.class
        })
final class KaitsuCommand implements Runnable {
    static final String JSON = "--json";
    static final String VERBOSE = "--verbose";

    private final Invocation invocation;

    @Option(names = JSON, scope = ScopeType.INHERIT)
    @SuppressWarnings("UnusedVariable") // read off the raw command line
    private boolean json;

    @Option(names = VERBOSE, scope = ScopeType.INHERIT)
    @SuppressWarnings("UnusedVariable") // read off the raw command line
    private boolean verbose;

    @Option(names = "--lang", scope = ScopeType.INHERIT, paramLabel = "ja|en")
    private String lang = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT)
    @SuppressWarnings("UnusedVariable") // picocli prints the help
    private boolean help;

    KaitsuCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Json, verbosity and language were read off the raw command line, so that even a wrong one is answered in the right way. */
    Invocation invocation() {
        if (!lang.isEmpty() && Language.parse(lang).isEmpty()) {
            throw Refusal.usage("lang", lang);
        }
        return invocation;
    }

    @Override
    public void run() {
        throw Refusal.usage("no-command");
    }
}
