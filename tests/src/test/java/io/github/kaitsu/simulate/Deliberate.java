package io.github.kaitsu.simulate;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code tests/kaitsu-faults}: plants each deliberate fault in a copy of the core's classes, one at a time, and runs seeds until
 * one of them violates an invariant. A seed that violates one without the fault, too, shows nothing and is passed over.
 *
 * <p>A fault is a text file: a line that says what is wrong, {@code file: } and a path, then what stands there between {@code <<<<} and
 * {@code ====}, and what stands there instead up to {@code >>>>}. What stands there must be found once; else the fault is out of date, and
 * that is a failure, too.
 */
public final class Deliberate {
    private Deliberate() {}

    /** One fault. */
    record Planted(String name, String what, String file, List<String[]> edits) {
        static Planted read(Path file) {
            try {
                List<String> lines = Files.readAllLines(file);
                List<String[]> edits = new ArrayList<>();
                String where = "";
                StringBuilder old = null;
                StringBuilder fresh = null;
                for (String line : lines.subList(1, lines.size())) {
                    if (line.startsWith("file: ")) {
                        where = line.substring("file: ".length()).strip();
                    } else if (line.equals("<<<<")) {
                        old = new StringBuilder();
                    } else if (line.equals("====")) {
                        fresh = new StringBuilder();
                    } else if (line.equals(">>>>")) {
                        edits.add(new String[] {String.valueOf(old), String.valueOf(fresh)});
                        old = null;
                        fresh = null;
                    } else if (fresh != null) {
                        fresh.append(line).append('\n');
                    } else if (old != null) {
                        old.append(line).append('\n');
                    }
                }
                String name = file.getFileName().toString().replace(".fault", "");
                return new Planted(name, lines.get(0), where, edits);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** @return what the source file becomes; null if what is to be changed is not there, once */
        @Nullable
        String changed(Path core) throws IOException {
            String source = Files.readString(core.resolve(file));
            for (String[] edit : edits) {
                int at = source.indexOf(edit[0]);
                if (at < 0 || source.indexOf(edit[0], at + 1) >= 0) {
                    return null;
                }
                source = source.replace(edit[0], edit[1]);
            }
            return source;
        }
    }

    /** Loads the product and the simulation anew, the changed classes first. */
    private static final class Changed extends URLClassLoader {
        Changed(URL[] first) {
            super(first, Deliberate.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.github.kaitsu.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : findClass(name);
            }
        }
    }

    /** {@code FAULTS CORE CLASSES FIRST SEEDS [NAME…]}: folders, the first seed, and how many at most. */
    public static void main(String[] arguments) throws Exception {
        Path faults = Path.of(arguments[0]);
        Path core = Path.of(arguments[1]);
        String classes = arguments[2];
        long first = Long.parseLong(arguments[3]);
        long seeds = Long.parseLong(arguments[4]);
        List<String> only = List.of(arguments).subList(5, arguments.length);
        PrintStream out = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out),
                true,
                java.nio.charset.StandardCharsets.UTF_8);
        out.println("| Fault | What is wrong | Seeds until caught | Caught by |\n| --- | --- | ---: | --- |");
        int missed = 0;
        try (Stream<Path> all = Files.list(faults)) {
            for (Path file :
                    all.filter(f -> f.toString().endsWith(".fault")).sorted().toList()) {
                Planted fault = Planted.read(file);
                if (only.isEmpty() || only.contains(fault.name)) {
                    missed += tried(fault, core, classes, first, seeds, out) ? 0 : 1;
                }
            }
        }
        System.exit(missed == 0 ? 0 : 1);
    }

    private static boolean tried(Planted fault, Path core, String classes, long first, long seeds, PrintStream out)
            throws Exception {
        Caught caught = caught(fault, core, classes, first, seeds);
        out.println("| " + fault.name + " | " + fault.what + " | " + (caught.isSo() ? "" : "> ") + caught.seeds()
                + " | " + (caught.isSo() ? caught.by() : "**" + caught.by() + "**") + " |");
        return caught.isSo();
    }

    /**
     * How a fault was caught.
     *
     * @param seeds how many were run until then
     * @param by the invariant, or why it was not caught
     */
    record Caught(boolean isSo, long seeds, String by) {}

    /** Plants one fault and runs seeds until it is caught. */
    static Caught caught(Planted fault, Path core, String classes, long first, long seeds) throws Exception {
        String source = fault.changed(core);
        if (source == null) {
            return new Caught(false, 0, "out of date: what it changes is not there");
        }
        Path folder = Files.createTempDirectory("kaitsu-fault");
        try {
            return compiled(folder, fault, source, classes)
                    ? caught(folder, classes, first, seeds)
                    : new Caught(false, 0, "does not compile");
        } finally {
            delete(folder);
        }
    }

    private static boolean compiled(Path folder, Planted fault, String source, String classes) throws IOException {
        Path file = folder.resolve("src").resolve(fault.file);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        Path made = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        return compiler.run(
                        null,
                        System.err,
                        System.err,
                        "-proc:none",
                        "-nowarn",
                        "-encoding",
                        "UTF-8",
                        "-d",
                        made.toString(),
                        "-cp",
                        classes,
                        file.toString())
                == 0;
    }

    private static Caught caught(Path folder, String classes, long first, long seeds) throws Exception {
        List<URL> urls =
                new ArrayList<>(List.of(folder.resolve("classes").toUri().toURL()));
        for (String entry : classes.split(java.io.File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        try (Changed loader = new Changed(urls.toArray(URL[]::new))) {
            Method run = loader.loadClass(Deliberate.class.getName()).getDeclaredMethod("run", long.class, long.class);
            run.setAccessible(true); // of another loader, and so of another package
            for (long seed = first; seed < first + seeds; seed++) {
                String[] found = (String[]) run.invoke(null, seed, first + seeds - 1);
                if (found.length == 0) {
                    break;
                }
                seed = Long.parseLong(found[0]);
                if (violationOf(seed).isEmpty()) {
                    return new Caught(true, seed - first + 1, found[1]);
                }
            }
            return new Caught(false, seeds, "not caught");
        } catch (InvocationTargetException e) {
            return new Caught(true, 1, String.valueOf(e.getCause()));
        }
    }

    /** Called in the changed world. @return the first seed that violates something, and what; nothing if none does */
    static String[] run(long first, long last) {
        int threads = Runtime.getRuntime().availableProcessors();
        for (long seed = first; seed <= last; seed += 2L * threads) {
            long to = Math.min(seed + 2L * threads - 1, last);
            List<Result.Violation> violations = Simulate.seeds(seed, to, threads).violations;
            if (!violations.isEmpty()) {
                Result.Violation one = violations.get(0);
                return new String[] {Long.toString(one.seed()), Shrinking.name(one.invariant())};
            }
        }
        return new String[0];
    }

    private static final Map<Long, String> AS_IT_IS = new ConcurrentHashMap<>();

    /** What one seed violates without any fault; nothing if all is well. */
    private static String violationOf(long seed) {
        return AS_IT_IS.computeIfAbsent(seed, s -> {
            List<Result.Violation> violations = Simulate.seeds(s, s, 1).violations;
            return violations.isEmpty() ? "" : violations.get(0).invariant();
        });
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
