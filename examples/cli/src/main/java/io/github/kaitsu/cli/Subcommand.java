package io.github.kaitsu.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ParentCommand;

/** What every command has in common: it works within one call and ends with an exit code. */
abstract class Subcommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private KaitsuCommand kaitsu;

    @Override
    public final Integer call() throws Exception {
        return run(kaitsu.invocation());
    }

    /** Returns one of {@link Exits}. */
    abstract int run(Invocation call) throws Exception;
}
