package io.github.kaitsu.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Starts the {@code kaitsu} command. */
public final class Main {
    /** picocli sets help no narrower. */
    private static final int NARROWEST_HELP = 55;

    private static final int WHOLE_LINES = 1000;

    private Main() {}

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(process(), arguments));
    }

    static int run(Io io, String... arguments) {
        Invocation call = new Invocation(io, List.of(arguments));
        Failures failures = new Failures(call);
        StringWriter help = new StringWriter();
        try {
            return commandLine(call)
                    .setOut(new PrintWriter(help))
                    .setErr(new PrintWriter(io.err(), true, StandardCharsets.UTF_8))
                    .setColorScheme(CommandLine.Help.defaultColorScheme(
                            io.outTerminal().colour() && !isNarrow(call)
                                    ? CommandLine.Help.Ansi.ON
                                    : CommandLine.Help.Ansi.OFF))
                    .setParameterExceptionHandler(failures)
                    .setExecutionExceptionHandler(failures)
                    .execute(arguments);
        } catch (RuntimeException e) {
            return failures.report(e);
        } finally {
            io.out().print(isNarrow(call) ? narrow(help.toString(), io.outTerminal()) : help);
            io.out().flush();
        }
    }

    /** Each line folded below what it explains; picocli indents some of them deeply. */
    private static String narrow(String help, Io.Terminal terminal) {
        return terminal.fold(help.replaceAll("(?m)^ {3,}", "  "));
    }

    private static boolean isNarrow(Invocation call) {
        return call.io().outTerminal().columns() < NARROWEST_HELP;
    }

    static CommandLine commandLine(Invocation call) {
        return new CommandLine(new KaitsuCommand(call))
                .setResourceBundle(Messages.help(call.locale()))
                .setUsageHelpWidth(
                        isNarrow(call) ? WHOLE_LINES : call.io().outTerminal().columns())
                .setAdjustLineBreaksForWideCJKCharacters(true);
    }

    /** UTF-8 whatever the locale: the script sees to it that the arguments arrive as UTF-8 too. */
    private static Io process() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String locale = System.getProperty("kaitsu.locale", "");
        if (!locale.isEmpty()) {
            environment.put("LC_ALL", locale); // the script may have had to change it
        }
        return new Io(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminal("kaitsu.stdout.columns", environment),
                terminal("kaitsu.stderr.columns", environment),
                environment);
    }

    /** The script says how wide each stream's terminal is; a stream without one has no width. */
    private static Io.Terminal terminal(String property, Map<String, String> environment) {
        int columns = Integer.getInteger(property, 0);
        return columns > 0 ? Io.Terminal.real(environment, columns - 1) : Io.Terminal.NONE;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
