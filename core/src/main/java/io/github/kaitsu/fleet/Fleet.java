package io.github.kaitsu.fleet;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.files.Sha256;
import io.github.kaitsu.fleet.FleetFile.Refused;
import io.github.kaitsu.fleet.FleetFile.Row;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunPage;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.text.CleanText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Begins activations of many customers, each once per reference, and lists them; {@link ActivationClient} advances them as any
 * other. Thread-safe.
 */
public final class Fleet {
    private static final int PAGE = 500;
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);
    private static final int LONGEST_NAME = 40;
    private static final int HASH_DIGITS = 12;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> COLUMNS = List.of(
            "reference",
            "company",
            "account",
            "site",
            "organisation",
            "services",
            "labels",
            "turn",
            "waitingSince",
            "begunAt",
            "lastEventAt",
            "activation");

    private final ActivationClient client;

    private Fleet(ActivationClient client) {
        this.client = client;
    }

    /**
     * What came of the rows of a file.
     *
     * @param begun those that were begun, or in a preview would be
     * @param known those that were begun before, for the same customer and services; nothing changed
     * @param refused those that could not be begun, by line
     */
    public record Begun(List<Row> begun, List<Row> known, List<Refused> refused) {
        /** Keeps unmodifiable copies. */
        public Begun {
            begun = List.copyOf(begun);
            known = List.copyOf(known);
            refused = List.copyOf(refused);
        }
    }

    /** The customers of this client's store. */
    public static Fleet of(ActivationClient client) {
        return new Fleet(client);
    }

    /** The id under which a reference is begun: the same for the same reference, wherever it is begun. */
    public static ActivationId id(String reference) {
        String name = reference.replaceAll("[^A-Za-z0-9]+", "-");
        String hash = Sha256.hex(reference.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
        return ActivationId.of("fleet-" + name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-" + hash);
    }

    /** Begins what is not begun yet. A row that cannot be begun is refused, and the others are begun all the same. */
    public Begun begin(FleetFile file) throws InterruptedException {
        return each(file, row -> client.begin(id(row.reference()), row.request()));
    }

    /** What {@link #begin} would do; writes nothing. */
    public Begun preview(FleetFile file) throws InterruptedException {
        return each(file, row -> {
            client.plan(row.request(), PlanDepth.OFFLINE); // refuses what begin refuses
            one(RunQuery.live().ofCustomer(row.request().customer())).ifPresent(other -> {
                throw KaitsuException.of(ErrorCode.CUSTOMER_BUSY, "", other.id());
            });
        });
    }

    private interface Step {
        void take(Row row) throws InterruptedException;
    }

    private Begun each(FleetFile file, Step step) throws InterruptedException {
        List<Row> begun = new ArrayList<>();
        List<Row> known = new ArrayList<>();
        List<Refused> refused = new ArrayList<>(file.refused());
        for (Row row : file.rows()) {
            try {
                if (isKnown(row)) {
                    known.add(row);
                } else {
                    step.take(row);
                    begun.add(row);
                }
            } catch (KaitsuException e) {
                if (e.code() == ErrorCode.IO_ERROR) {
                    throw e; // the next row would fare no better
                }
                refused.add(new Refused(row.line(), row.reference(), e));
            }
        }
        refused.sort(Comparator.comparingInt(Refused::line));
        return new Begun(begun, known, refused);
    }

    /** @throws KaitsuException INVALID_REQUEST if something else was begun under the reference */
    private boolean isKnown(Row row) {
        Optional<RunHead> before = one(RunQuery.all().withReference(row.reference()));
        before.ifPresent(run -> {
            boolean isSame = run.customer().equals(row.request().customer())
                    && run.services()
                            .keySet()
                            .equals(EnumSet.copyOf(row.request().services()));
            if (!isSame) {
                throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "fleet-other", row.reference(), run.id());
            }
        });
        return before.isPresent();
    }

    private Optional<RunHead> one(RunQuery query) {
        return client.find(query, Optional.empty(), 1).items().stream().findFirst();
    }

    /** Every run that is wanted, by its id, read page by page. */
    public void forEach(RunQuery query, Consumer<RunHead> what) {
        Optional<ActivationId> after = Optional.empty();
        do {
            RunPage page = client.find(query, after, PAGE);
            page.items().forEach(what);
            after = page.next();
        } while (after.isPresent());
    }

    /** How many of the runs that are wanted stand where. Reads no journal. */
    public FleetCounts counts(RunQuery query) {
        List<RunHead> heads = new ArrayList<>();
        forEach(query, heads::add);
        return FleetCounts.of(heads);
    }

    /**
     * Waits until the runs that are wanted have all ended or wait for somebody's answer. This client, or another process's, was {@linkplain
     * ActivationClient#start() started}, or nothing ever moves.
     *
     * @param patience in real time
     * @param news told at once, and then about once a second where something has changed
     * @return how they stand then; empty if they did not become quiet in time, which is no failure
     */
    public Optional<FleetCounts> awaitQuiet(RunQuery query, Duration patience, Consumer<FleetCounts> news)
            throws InterruptedException {
        long begun = System.nanoTime();
        Optional<FleetCounts> told = Optional.empty();
        while (true) {
            FleetCounts now = counts(query);
            if (!told.equals(Optional.of(now))) {
                news.accept(now);
                told = Optional.of(now);
            }
            Duration left = patience.minusNanos(System.nanoTime() - begun);
            if (now.isQuiet() || left.isNegative()) {
                return now.isQuiet() ? told : Optional.empty();
            }
            Duration pause = left.compareTo(BETWEEN_COUNTS) < 0 ? left : BETWEEN_COUNTS;
            boolean ignored =
                    new CountDownLatch(1).await(pause.toNanos(), TimeUnit.NANOSECONDS); // an interrupt ends it
        }
    }

    /**
     * A list for a spreadsheet: comma-separated values in UTF-8 with a byte order mark, a row per run. What a spreadsheet would take
     * for a formula begins with an apostrophe. Times are UTC.
     */
    public String csv(RunQuery query) {
        StringBuilder out = new StringBuilder(BYTE_ORDER_MARK);
        line(out, COLUMNS.stream());
        forEach(
                query,
                run -> line(
                        out,
                        Stream.of(
                                run.reference().orElse(""),
                                run.company().orElse(""),
                                run.customer().account(),
                                run.customer().site().name(),
                                run.customer().organisation(),
                                run.services().entrySet().stream()
                                        .map(s -> s.getKey() + "=" + s.getValue())
                                        .collect(Collectors.joining(" ")),
                                run.labels().stream().sorted().collect(Collectors.joining(" ")),
                                run.turn().name(),
                                run.waitingSince().toString(),
                                run.begunAt().toString(),
                                run.lastEventAt().toString(),
                                run.id().value())));
        return out.toString();
    }

    private static void line(StringBuilder out, Stream<String> cells) {
        out.append(cells.map(CleanText::csv).collect(Collectors.joining(","))).append("\r\n");
    }
}
