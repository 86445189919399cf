package io.github.kaitsu.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The command {@code tests/kaitsu-simulate}. Exits with 0, with 1 after a violation, with 2 where it cannot tell what is wanted.
 *
 * <pre>
 * --seeds A..B --json [--threads N]   one JSON document
 * --seed N --story                    the smallest story in which it goes wrong, or what happened
 * </pre>
 */
public final class Simulate {
    private static final String USAGE = """
            usage: kaitsu-simulate --seeds A..B --json [--threads N]   runs the seeds from A to B, both included
                   kaitsu-simulate --seed N --story                    tells what happens in one seed
            A and B are whole numbers from 0, B not smaller than A.""";

    private Simulate() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out),
                true,
                java.nio.charset.StandardCharsets.UTF_8);
        System.exit(run(arguments, out, System.err));
    }

    /** What is asked for. */
    private static final class Wish {
        long first = -1;
        long last = -1;
        boolean isJson;
        boolean isStory;
        int threads = Runtime.getRuntime().availableProcessors();

        static Wish of(String[] arguments) {
            Wish wish = new Wish();
            boolean hasSeeds = false;
            boolean hasSeed = false;
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--json" -> wish.isJson = true;
                    case "--story" -> wish.isStory = true;
                    case "--threads" -> wish.threads = (int) number(value(arguments, ++i));
                    case "--seed" -> {
                        hasSeed = true;
                        wish.first = number(value(arguments, ++i));
                        wish.last = wish.first;
                    }
                    case "--seeds" -> {
                        hasSeeds = true;
                        String[] ends = value(arguments, ++i).split("\\.\\.", -1);
                        if (ends.length != 2) {
                            throw new IllegalArgumentException(
                                    "--seeds takes two numbers with two dots between: 0..499");
                        }
                        wish.first = number(ends[0]);
                        wish.last = number(ends[1]);
                    }
                    default -> throw new IllegalArgumentException("what is “" + arguments[i] + "”?");
                }
            }
            if (hasSeeds == hasSeed || hasSeeds != wish.isJson || hasSeed != wish.isStory) {
                throw new IllegalArgumentException("either --seeds with --json, or --seed with --story");
            }
            if (wish.last < wish.first || wish.threads < 1) {
                throw new IllegalArgumentException("the last seed is smaller than the first, or there is no thread");
            }
            return wish;
        }

        private static String value(String[] arguments, int i) {
            if (i >= arguments.length) {
                throw new IllegalArgumentException(arguments[i - 1] + " lacks its value");
            }
            return arguments[i];
        }

        private static long number(String text) {
            if (!text.matches("\\d{1,15}")) {
                throw new IllegalArgumentException("“" + text + "” is no whole number from 0");
            }
            return Long.parseLong(text);
        }
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        Wish wish;
        try {
            wish = Wish.of(arguments);
        } catch (IllegalArgumentException e) {
            err.println("kaitsu-simulate: " + e.getMessage());
            err.println(USAGE);
            return 2;
        }
        return wish.isStory ? story(wish.first, out) : document(wish, out);
    }

    private static int document(Wish wish, PrintStream out) {
        long began = System.nanoTime();
        Result result = seeds(wish.first, wish.last, wish.threads);
        double seconds = Math.max(1e-3, (System.nanoTime() - began) / 1e9);
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("seeds", result.seeds);
        json.put("events", result.events);
        json.put("simulatedDays", Math.round(result.simulatedDays * 10) / 10.0);
        json.put("speed", Math.round(result.simulatedDays * 24 * 60 * 60 / seconds));
        ArrayNode violations = json.putArray("violations");
        result.violations.forEach(
                v -> violations.addObject().put("seed", v.seed()).put("invariant", v.invariant()));
        result.reached.forEach(json.putObject("reached")::put);
        result.faults.forEach(json.putObject("faults")::put);
        result.ends.forEach(json.putObject("ends")::put);
        out.println(json.toPrettyString());
        return result.violations.isEmpty() ? 0 : 1;
    }

    /** Runs seeds side by side, both ends included. */
    static Result seeds(long first, long last, int threads) {
        AtomicLong next = new AtomicLong(first);
        List<Result> parts =
                IntStream.range(0, threads).mapToObj(n -> new Result()).toList();
        List<Thread> workers = parts.stream()
                .map(part -> new Thread(() -> {
                    for (long seed = next.getAndIncrement(); seed <= last; seed = next.getAndIncrement()) {
                        part.add(seed);
                    }
                }))
                .toList();
        workers.forEach(Thread::start);
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Result all = new Result();
        parts.forEach(all::add);
        all.violations.sort(Comparator.comparingLong(Result.Violation::seed));
        return all;
    }

    private static int story(long seed, PrintStream out) {
        Shrinking.Smallest smallest = Shrinking.of(seed);
        Duration age = smallest.world().age();
        out.println("seed " + seed + ": "
                + (smallest.world().violations.isEmpty()
                        ? "nothing is violated"
                        : "violated: " + smallest.world().violations.get(0)));
        out.println("what may go wrong here: " + smallest.setup().faults());
        out.println(age.toDays() + " days, " + smallest.world().story().size() + " lines"
                + (smallest.tries() == 0 ? "" : ", the smallest of " + smallest.tries() + " tries"));
        smallest.world().story().forEach(out::println);
        return smallest.world().violations.isEmpty() ? 0 : 1;
    }
}
