package io.github.kaitsu.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code kaitsu-bench [--quick] [--only ROW] [--json]}. */
public final class Bench {
    private static final int USAGE = 2;

    private Bench() {}

    /** Measures, and prints one document or one table to the standard output; all else goes to the standard error. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // whatever is measured may print
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("kaitsu-bench: " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        List<Row> rows = new ArrayList<>();
        for (Scenario scenario : options.scenarios()) {
            System.err.println("measuring " + String.join(", ", scenario.rows()));
            scenario.run(options.quick()).stream()
                    .filter(row -> options.only().map(row.what()::equals).orElse(true))
                    .forEach(rows::add);
        }
        Report report = new Report(Report.thisMachine(), rows);
        out.println(options.json() ? report.json() : report.table());
        System.exit(0); // what is measured may have left threads
    }

    /** What was asked for. */
    record Options(boolean quick, boolean json, Optional<String> only) {
        /** @throws IllegalArgumentException with what to write instead */
        static Options of(String... arguments) {
            boolean quick = false;
            boolean json = false;
            Optional<String> only = Optional.empty();
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--quick" -> quick = true;
                    case "--json" -> json = true;
                    case "--only" -> {
                        i++;
                        only = Optional.of(row(i < arguments.length ? arguments[i] : ""));
                    }
                    default ->
                        throw new IllegalArgumentException(
                                "unknown option " + arguments[i] + "; there are [--quick] [--only ROW] [--json]");
                }
            }
            return new Options(quick, json, only);
        }

        private static String row(String name) {
            List<String> known = Scenario.all().stream()
                    .flatMap(scenario -> scenario.rows().stream())
                    .toList();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "--only: there is no row “" + name + "”; there are " + String.join(", ", known));
            }
            return name;
        }

        List<Scenario> scenarios() {
            return Scenario.all().stream()
                    .filter(scenario -> only.map(scenario.rows()::contains).orElse(true))
                    .toList();
        }
    }
}
