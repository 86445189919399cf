package io.github.kaitsu;

import io.github.kaitsu.console.NotProof;
import io.github.kaitsu.operator.OperatorAction;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a run at one moment. Immutable.
 *
 * @param company the customer's company, as the request gives it
 * @param reference the run in the host's own books, as the request gives it
 * @param labels as the request gives them, sorted
 * @param edition AUTO until somebody has said what the console shows; a removal does not ask
 * @param steps what concerns the whole console
 * @param calls how often persons are called to work
 * @param openItems what stays to be done, told or known after the run, in both languages
 */
public record ActivationView(
        ActivationId id,
        CustomerId customer,
        Optional<String> company,
        Optional<String> reference,
        Set<String> labels,
        boolean removal,
        Edition edition,
        Instant begunAt,
        Instant changedAt,
        boolean ended,
        List<StepView> steps,
        List<ServiceView> services,
        List<OperatorAction> openActions,
        List<OpenItem> openItems,
        Optional<Instant> wakeAt,
        Calls calls) {

    /** Keeps unmodifiable copies. */
    public ActivationView {
        labels = Collections.unmodifiableSet(new LinkedHashSet<>(labels));
        steps = List.copyOf(steps);
        services = List.copyOf(services);
        openActions = List.copyOf(openActions);
        openItems = List.copyOf(openItems);
    }

    /**
     * How often persons are called to work: a call begins after a time in which nobody had anything to do.
     *
     * @param planned in all, as far as is known by now; 0 until somebody is called for the first time
     */
    public record Calls(int planned, int made) {}

    /**
     * Somebody's word against a step's evidence, given after the step was closed (rule COMMON-20).
     *
     * @param said what was said
     * @param by who, as stated by the host
     */
    public record Contradiction(Bilingual said, String by, Instant at) {}

    /** Why something that could have proved a service did not. */
    public record NotProved(NotProof why, Bilingual text) {}

    /**
     * When a service's synchronisation is expected to be over (rule COMMON-11). No upper bound is promised.
     *
     * @param at the expected end; absent while it has not begun
     * @param text how long it usually takes, and on what that rests
     */
    public record Expectation(Optional<Instant> at, Bilingual text) {}

    /**
     * One step with what it rests on; UNKNOWN where nothing is known yet or the step was skipped.
     *
     * @param seen what was seen or said, as a sentence
     * @param source who or what said so
     * @param expected what had to be seen; empty where the title says it
     * @param limitation what this evidence cannot tell; empty if nothing
     * @param skip why it was not done, if so
     * @param contradiction who said the opposite afterwards, or took back what it rested on
     */
    public record StepView(
            StepId step,
            String rule,
            Phase phase,
            Performer performer,
            boolean required,
            Bilingual title,
            Evidence evidence,
            Bilingual seen,
            Bilingual source,
            Bilingual expected,
            Bilingual limitation,
            Optional<SkipReason> skip,
            Optional<Contradiction> contradiction) {
        /** Whether the step was left out for an accepted reason. */
        public boolean skipped() {
            return skip.isPresent();
        }
    }

    /**
     * One service.
     *
     * @param failure only with {@link ActivationStatus#FAILED}
     * @param explanation the provider module's words for the failure, if it has some
     * @param detail why it ended as it did
     * @param linkAttempts how often its grant was offered to somebody
     * @param consoleText the console's own words about it, last read
     * @param notProved why what was read since its grant does not prove it
     * @param expectation when it is expected to be done
     */
    public record ServiceView(
            CloudService service,
            ActivationStatus status,
            Waiting waiting,
            Optional<FailureReason> failure,
            Optional<Explanation> explanation,
            Bilingual detail,
            int linkAttempts,
            int linkRound,
            List<StepView> steps,
            String consoleText,
            List<NotProved> notProved,
            Expectation expectation) {
        /** Keeps unmodifiable copies. */
        public ServiceView {
            notProved = List.copyOf(notProved);
            steps = List.copyOf(steps);
        }

        /** Whether somebody has said the opposite of what a required step rests on, or taken it back, after it was closed. */
        public boolean isContradicted() {
            return ActivationView.isContradicted(steps);
        }
    }

    /** Something left to a person or to be known, with the rule it comes from. */
    public record OpenItem(String rule, Optional<CloudService> service, Kind kind, Bilingual text) {

        /** What it is to the customer. */
        public enum Kind {
            /** A setting of theirs without which what is linked protects nothing (rule COMMON-15). */
            SETTING,
            /** Something else that somebody has to do, or may still do. */
            TO_DO,
            /** What their users have to be told: a sentence for the administrator, an empty line, and the text to send. */
            ANNOUNCEMENT,
            /** To be known; nothing has to be done. */
            NOTE,
            /** What went wrong in the program or with its clock, for whoever runs it and not for the customer. */
            OPERATION
        }
    }

    /** What is wrong, and what to do next. */
    public record Explanation(Bilingual message, Bilingual nextStep) {}

    /** A sentence in both languages. */
    public record Bilingual(String ja, String en) {
        /** No text in either language. */
        public static final Bilingual NOTHING = new Bilingual("", "");

        /** Whether there is no text. */
        public boolean isEmpty() {
            return ja.isEmpty() && en.isEmpty();
        }

        /** The text for a reader: Japanese for {@code ja}, English for every other language. */
        public String in(Locale locale) {
            return locale.getLanguage().equals("ja") ? ja : en;
        }
    }

    /** How far this service is; empty if the run is not about it. */
    public Optional<ServiceView> service(CloudService service) {
        return services.stream().filter(s -> s.service() == service).findFirst();
    }

    /** Whether every service of the run is protected (or removed, for a removal), and nobody has said otherwise since. */
    public boolean isSuccess() {
        return ended
                && services.stream()
                        .allMatch(
                                s -> s.status() == ActivationStatus.PROTECTED || s.status() == ActivationStatus.REMOVED)
                && !isContradicted();
    }

    /** Whether somebody has said the opposite of what a required step rests on, or taken it back, after it was closed. */
    public boolean isContradicted() {
        return isContradicted(steps) || services.stream().anyMatch(ServiceView::isContradicted);
    }

    private static boolean isContradicted(List<StepView> steps) {
        return steps.stream().anyMatch(s -> s.required() && s.contradiction().isPresent());
    }
}
