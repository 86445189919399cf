package io.github.kaitsu.cli;

import picocli.CommandLine.Command;

/** Many customers in one state folder. */
@Command(
        name = "fleet",
        subcommands = {
            FleetBeginCommand.class,
            FleetRunCommand.class,
            FleetListCommand.class,
            FleetAgendaCommand.class,
            FleetRetryCommand.class,
            FleetCancelCommand.class,
            FleetVerifyCommand.class,
            FleetReportCommand.class
        })
final class FleetCommand extends Subcommand {
    @Override
    int run(Invocation call) {
        throw Refusal.usage("fleet");
    }
}
