package io.github.kaitsu.fleet;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.store.RunHead;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether what was proved for many customers still holds. Immutable.
 *
 * @param customers one entry a customer of whom something was proved, in the order of their runs' ids
 * @param notices what hindered the looks at several customers at once, one a cause
 * @param troubles customers that could not be looked at because of something of their own
 */
public record FleetDrift(List<Looked> customers, List<Notice> notices, List<Trouble> troubles) {
    private static final List<String> COLUMNS = List.of(
            "company",
            "reference",
            "account",
            "site",
            "organisation",
            "service",
            "verdict",
            "rule",
            "step",
            "seen",
            "source",
            "time",
            "activation");

    /** Keeps unmodifiable copies. */
    public FleetDrift {
        customers = List.copyOf(customers);
        notices = List.copyOf(notices);
        troubles = List.copyOf(troubles);
    }

    /**
     * One customer.
     *
     * @param run the newest activation
     * @param report what is seen now; of services whose vendor was not asked it says nothing
     * @param notAsked whose looks were left out, since the vendor is out
     */
    public record Looked(RunHead run, DriftReport report, Set<CloudService.Provider> notAsked) {
        /** Keeps an unmodifiable copy. */
        public Looked {
            notAsked = Set.copyOf(notAsked);
        }
    }

    /** What a vendor does instead of answering. */
    public enum Cause {
        /** No answer comes. */
        SILENT,
        /** It answers with an error of its own (HTTP 5xx). */
        FAILING,
        /** It wants to be asked less often (HTTP 429). */
        OVERLOADED,
        /** It refuses the calls (other HTTP 4xx): perhaps the own app's secret has ended, or its permission. */
        REFUSING
    }

    /**
     * One cause at one vendor, said once however many customers it concerns.
     *
     * @param since when it was met first
     * @param met customers whose looks met it
     * @param notAsked customers for whom the vendor was not asked any more
     * @param example what the first of them met, as data: operation and status
     */
    public record Notice(
            CloudService.Provider provider,
            Cause cause,
            Instant since,
            List<CustomerId> met,
            List<CustomerId> notAsked,
            List<String> example) {
        /** Keeps unmodifiable copies. */
        public Notice {
            met = List.copyOf(met);
            notAsked = List.copyOf(notAsked);
            example = List.copyOf(example);
        }
    }

    /** A customer that could not be looked at. */
    public record Trouble(RunHead run, KaitsuException why) {}

    /** How one customer is looked at. */
    @FunctionalInterface
    public interface Verifier {
        /**
         * Looks again at what was claimed of some services; throws as {@code ActivationClient.verify} does.
         *
         * @param services those whose vendors are to be asked
         */
        DriftReport verify(RunHead newest, Set<CloudService> services) throws InterruptedException;
    }

    /** Customers of whom something that held is lost. */
    public List<Looked> lost() {
        return customers.stream().filter(c -> c.report().hasDrift()).toList();
    }

    /** Customers of whom everything that could be looked at holds, and nothing was left out or unclear. */
    public List<Looked> holding() {
        return customers.stream()
                .filter(c -> c.notAsked().isEmpty()
                        && c.report().findings().stream()
                                .noneMatch(f -> f.verdict() == Verdict.LOST || f.verdict() == Verdict.UNKNOWN))
                .toList();
    }

    /**
     * For a spreadsheet, a row a claim that does not simply hold, and one for each vendor that was not asked: comma-separated values in
     * UTF-8 with a byte order mark (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe. Times are UTC.
     */
    public String csv(Locale locale) {
        CsvText out = new CsvText(COLUMNS);
        for (Looked customer : customers) {
            customer.report().findings().stream()
                    .filter(f -> f.verdict() != Verdict.HOLDS && f.verdict() != Verdict.ATTESTED)
                    .forEach(f -> out.line(row(customer.run(), finding(f, locale))));
            customer.notAsked().stream()
                    .sorted()
                    .forEach(provider -> out.line(
                            row(customer.run(), Stream.of(provider.label(), "NOT_ASKED", "", "", "", "", ""))));
        }
        return out.toString();
    }

    private static Stream<String> finding(Finding f, Locale locale) {
        return Stream.of(
                f.service().label(locale),
                f.verdict().name(),
                f.rule(),
                f.title().in(locale),
                f.seen().in(locale),
                f.source().in(locale),
                f.now().time().toString());
    }

    private static Stream<String> row(RunHead run, Stream<String> what) {
        Stream<String> whose = Stream.of(
                run.company().orElse(""),
                run.reference().orElse(""),
                run.customer().account(),
                run.customer().site().name(),
                run.customer().organisation());
        return Stream.concat(Stream.concat(whose, what), Stream.of(run.id().value()));
    }

    /** What a finding says of the vendor rather than of the customer; empty if the vendor answered, or nobody asked it. */
    static Optional<Cause> cause(Finding finding) {
        if (finding.verdict() != Verdict.UNKNOWN || !finding.lookedAt()) {
            return Optional.empty();
        }
        List<String> arguments = finding.now().seen().arguments();
        return switch (finding.now().seen().code()) {
            case "vendor-silent" -> Optional.of(Cause.SILENT);
            case "vendor-refused" -> Optional.of(cause(arguments.get(arguments.size() - 1)));
            default -> Optional.empty();
        };
    }

    private static Cause cause(String status) {
        if (status.equals("429")) {
            return Cause.OVERLOADED;
        }
        return status.startsWith("5") ? Cause.FAILING : Cause.REFUSING;
    }
}
