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
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code tests/kaitsu-faults}: plants each deliberate fault in a copy of the core's classes, one at a time, and runs seeds until
 * one of them violates an invariant.
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
        String row = "| " + fault.name + " | " + fault.what + " | ";
        String source = fault.changed(core);
        if (source == null) {
            out.println(row + "- | **out of date**: what it changes is not there |");
            return false;
        }
        Path folder = Files.createTempDirectory("kaitsu-fault");
        try {
            if (!compiled(folder, fault, source, classes)) {
                out.println(row + "- | **does not compile** |");
                return false;
            }
            String caught = caught(folder, first, seeds);
            out.println(row + (caught.isEmpty() ? "> " + seeds + " | **not caught** |" : caught + " |"));
            return !caught.isEmpty();
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

    private static String caught(Path folder, long first, long seeds) throws Exception {
        List<URL> urls =
                new ArrayList<>(List.of(folder.resolve("classes").toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        try (Changed loader = new Changed(urls.toArray(URL[]::new))) {
            Method run = loader.loadClass(Deliberate.class.getName()).getDeclaredMethod("run", long.class, long.class);
            run.setAccessible(true); // of another loader, and so of another package
            return String.valueOf(run.invoke(null, first, seeds));
        } catch (InvocationTargetException e) {
            return "1 | " + e.getCause();
        }
    }

    /** Called in the changed world. @return after how many seeds and by what; nothing if not at all */
    static String run(long first, long seeds) {
        int threads = Runtime.getRuntime().availableProcessors();
        for (long done = 0; done < seeds; done += 2L * threads) {
            long to = Math.min(done + 2L * threads, seeds);
            List<Result.Violation> violations = Simulate.seeds(first + done, first + to - 1, threads).violations;
            if (!violations.isEmpty()) {
                Result.Violation one = violations.get(0);
                return (one.seed() - first + 1) + " | " + Shrinking.name(one.invariant());
            }
        }
        return "";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
