package io.github.kaitsu.fleet;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.files.AtomicFile;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.Sha256;
import io.github.kaitsu.fleet.FleetFile.Refused;
import io.github.kaitsu.fleet.FleetFile.Row;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunPage;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Begins activations of many customers, each once per reference, lists them, and does with all of them what {@link ActivationClient}
 * does with one; it advances them as any other. Thread-safe.
 */
public final class Fleet {
    private static final int PAGE = 500;
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);
    private static final int LONGEST_NAME = 40;
    private static final int HASH_DIGITS = 12;
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

    /** @throws KaitsuException INVALID_REQUEST if only something else was begun under the reference */
    private boolean isKnown(Row row) {
        List<RunHead> before = new ArrayList<>();
        forEach(RunQuery.all().withReference(row.reference()), before::add);
        boolean isSame = before.stream()
                .anyMatch(run -> run.customer().equals(row.request().customer())
                        && run.services()
                                .keySet()
                                .equals(EnumSet.copyOf(row.request().services())));
        if (!before.isEmpty() && !isSame) {
            throw KaitsuException.of(
                    ErrorCode.INVALID_REQUEST,
                    "fleet-other",
                    row.reference(),
                    before.get(0).id());
        }
        return isSame;
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
     * A list for a spreadsheet: comma-separated values in UTF-8 with a byte order mark (RFC 4180), a row per run. What a spreadsheet
     * would take for a formula begins with an apostrophe. Times are UTC.
     */
    public String csv(RunQuery query) {
        CsvText out = new CsvText(COLUMNS);
        forEach(
                query,
                run -> out.line(Stream.of(
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

    // ---- what persons have to do

    /**
     * What is open in all runs that are wanted, by person and day.
     *
     * @param now what is overdue is by this time
     * @param zone whose days are meant
     */
    public FleetAgenda agenda(RunQuery query, Instant now, ZoneId zone) {
        Map<RunHead, ActivationView> views = new LinkedHashMap<>();
        List<FleetAgenda.Unread> unread = new ArrayList<>();
        forEach(
                query.withTurn(Turn.PERSON),
                run -> view(run, e -> unread.add(new FleetAgenda.Unread(run, e)))
                        .ifPresent(v -> views.put(run, v)));
        return FleetAgenda.of(now, zone, views, unread);
    }

    /** Empty if it is forgotten meanwhile, or its journal cannot be read. */
    Optional<ActivationView> view(RunHead run, Consumer<KaitsuException> unreadable) {
        try {
            return client.find(run.id()).map(Activation::view);
        } catch (KaitsuException e) {
            if (e.code() == ErrorCode.IO_ERROR) {
                throw e; // the next one would fare no better
            }
            unreadable.accept(e);
            return Optional.empty();
        }
    }

    // ---- all that failed, or that nobody wants any more

    /**
     * A failed activation, and what begins in its place.
     *
     * @param id under which it begins: the same for the same failed run, so it begins once
     * @param request as it was, with those services that failed for the reason, and those that failed only because these did
     */
    public record Retry(RunHead failed, ActivationId id, ActivationRequest request) {}

    /** A retry that could not be begun. */
    public record NotRetried(Retry retry, KaitsuException why) {}

    /** What came of retries. */
    public record Retried(List<Retry> begun, List<NotRetried> refused) {
        /** Keeps unmodifiable copies. */
        public Retried {
            begun = List.copyOf(begun);
            refused = List.copyOf(refused);
        }
    }

    /**
     * All services that failed for one reason and that no later run is about, of the runs that are wanted: what {@link #retry} would
     * begin. Writes nothing. Runs whose journals cannot be read are left out.
     */
    public List<Retry> failed(RunQuery query, FailureReason reason) {
        return new FleetRetry(this, client).of(query, reason);
    }

    /** Begins them again, each once. One that cannot be begun is refused, and the others are begun all the same. */
    public Retried retry(List<Retry> retries) {
        return new FleetRetry(this, client).begin(retries);
    }

    /**
     * Cancels all runs that are wanted and have not ended; each ends when it is next advanced. Nothing at the providers is undone.
     * Preview them with {@link #forEach}.
     *
     * @return those that were cancelled
     */
    public List<RunHead> cancel(RunQuery query, String by) {
        List<RunHead> live = new ArrayList<>();
        forEach(query.ended(false), live::add);
        live.forEach(run -> client.cancel(run.id(), by));
        return live;
    }

    // ---- long after

    /**
     * Looks again at what was proved for every customer of the runs that are wanted. A vendor that is out is asked no more after a few
     * customers, and named once. Writes nothing.
     *
     * @param atOnce how many customers are looked at side by side: each is another tenant of its vendors', with limits of its own
     * @param news told of each customer, one at a time
     */
    public FleetDrift verify(RunQuery query, int atOnce, Consumer<FleetDrift.Looked> news) throws InterruptedException {
        return verify(query, atOnce, (run, services) -> client.verify(run.customer(), services), news);
    }

    /** As {@link #verify(RunQuery, int, Consumer)}, for who looks in another way. */
    public FleetDrift verify(RunQuery query, int atOnce, FleetDrift.Verifier verifier, Consumer<FleetDrift.Looked> news)
            throws InterruptedException {
        Map<CustomerId, RunHead> newest = new LinkedHashMap<>();
        Map<CustomerId, Set<CloudService>> claimed = new HashMap<>();
        forEach(query.ended(true), run -> {
            if (!run.isRemoval()) {
                newest.merge(run.customer(), run, (a, b) -> a.begunAt().isAfter(b.begunAt()) ? a : b);
                run.services().forEach((service, status) -> {
                    if (status == ActivationStatus.PROTECTED) {
                        claimed.computeIfAbsent(run.customer(), c -> EnumSet.noneOf(CloudService.class))
                                .add(service);
                    }
                });
            }
        });
        Map<RunHead, Set<CloudService>> customers = new LinkedHashMap<>();
        newest.forEach((customer, run) -> {
            if (claimed.containsKey(customer)) {
                customers.put(run, claimed.get(customer));
            }
        });
        return new FleetVerify(verifier, news).of(customers, atOnce);
    }

    // ---- reports

    /** Every run's report as it is now. Runs whose journals cannot be read are left out. */
    public void reports(RunQuery query, BiConsumer<RunHead, ActivationReport> what) {
        forEach(query, run -> view(run, e -> {}).ifPresent(view -> what.accept(run, ActivationReport.of(view))));
    }

    /**
     * Writes a report a run into a folder, named by the run's id, and the {@linkplain #csv list} of all as {@code fleet.csv}; what is
     * there from before is replaced. Only the owner may read them.
     *
     * @param ending of the files' names, without a full stop
     * @param format what makes a report's text, such as {@code report -> report.html(Locale.JAPANESE)}
     * @return how many reports were written
     * @throws KaitsuException IO_ERROR
     */
    public int writeReports(RunQuery query, Path folder, String ending, Function<ActivationReport, String> format) {
        AtomicInteger written = new AtomicInteger();
        try {
            Files.createDirectories(folder, OwnerOnly.newDirectory(folder.toAbsolutePath()));
            reports(query, (run, report) -> {
                write(folder.resolve(run.id().value() + "." + ending), format.apply(report));
                written.incrementAndGet();
            });
            write(folder.resolve("fleet.csv"), csv(query));
        } catch (IOException | UncheckedIOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", folder);
        }
        return written.get();
    }

    private static void write(Path file, String text) {
        try {
            AtomicFile.write(Disk.local(), file.toAbsolutePath(), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
