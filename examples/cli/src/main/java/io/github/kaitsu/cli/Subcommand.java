package io.github.kaitsu.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has in common: it works within one call and ends with an exit code. */
abstract class Subcommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        KaitsuCommand kaitsu = (KaitsuCommand) spec.root().userObject();
        Invocation call = kaitsu.invocation();
        try {
            return run(call);
        } finally {
            call.end();
        }
    }

    /** Returns one of {@link Exits}. */
    abstract int run(Invocation call) throws Exception;
}
