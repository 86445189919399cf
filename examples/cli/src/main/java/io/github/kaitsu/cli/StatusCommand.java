package io.github.kaitsu.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How a run stands. A status that can be read is a success, whatever it says. */
@Command(name = "status")
final class StatusCommand extends Subcommand {
    @Mixin
    private StateOptions state = new StateOptions();

    @Override
    int run(Invocation call) {
        try (Desk desk = Desk.open(call, state)) {
            StandingRun.print(call, desk, desk.view());
            return Exits.SUCCESS;
        }
    }
}
