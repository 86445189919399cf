package io.github.kaitsu.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a run; nothing that was done at a provider is undone. */
@Command(name = "cancel")
final class CancelCommand extends Subcommand {
    @Mixin
    private StateOptions state = new StateOptions();

    @Option(names = "--by", required = true, paramLabel = "WHO")
    private String by = "";

    @Override
    int run(Invocation call) throws InterruptedException {
        try (Desk desk = Desk.open(state)) {
            if (!desk.view().ended()) {
                desk.client().cancel(desk.view().id(), by);
                desk.client()
                        .advance(desk.view().id()); // a cancelled run only ends; whoever is at it does it otherwise
            }
            StandingRun.print(call, desk, desk.newView());
            return Exits.SUCCESS;
        }
    }
}
