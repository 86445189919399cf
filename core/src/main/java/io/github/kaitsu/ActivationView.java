package io.github.kaitsu;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known about a run at one moment. Immutable.
 *
 * @param edition AUTO until the console was looked at
 * @param steps what concerns the whole console
 * @param openItems what stays to be done by somebody after the run, in both languages
 */
public record ActivationView(
        ActivationId id,
        CustomerId customer,
        boolean removal,
        Edition edition,
        Instant begunAt,
        Instant changedAt,
        boolean ended,
        List<StepView> steps,
        List<ServiceView> services,
        List<OperatorAction> openActions,
        List<OpenItem> openItems,
        Optional<Instant> wakeAt) {

    public ActivationView {
        steps = List.copyOf(steps);
        services = List.copyOf(services);
        openActions = List.copyOf(openActions);
        openItems = List.copyOf(openItems);
    }

    /** One step with what it rests on; UNKNOWN where nothing is known yet or the step was skipped. */
    public record StepView(
            StepId step,
            String rule,
            Phase phase,
            Performer performer,
            boolean required,
            Bilingual title,
            Evidence evidence,
            boolean skipped) {}

    /**
     * One service.
     *
     * @param failure only with {@link ActivationStatus#FAILED}
     * @param explanation the provider module's words for the failure, if it has some
     * @param detail why it ended as it did
     * @param linkAttempts how often its grant was offered to somebody
     * @param consoleText the console's own words about it, last read
     */
    public record ServiceView(
            CloudService service,
            ActivationStatus status,
            Waiting waiting,
            Optional<FailureReason> failure,
            Optional<Explanation> explanation,
            String detail,
            int linkAttempts,
            int linkRound,
            List<StepView> steps,
            String consoleText) {
        public ServiceView {
            steps = List.copyOf(steps);
        }
    }

    /** Something left to a person, with the rule it comes from. */
    public record OpenItem(String rule, Optional<CloudService> service, Bilingual text) {}

    /** What is wrong, and what to do next. */
    public record Explanation(Bilingual message, Bilingual nextStep) {}

    /** A sentence in both languages. */
    public record Bilingual(String ja, String en) {
        public String in(Locale locale) {
            return locale.getLanguage().equals("ja") ? ja : en;
        }
    }

    public Optional<ServiceView> service(CloudService service) {
        return services.stream().filter(s -> s.service() == service).findFirst();
    }

    /** Whether every service of the run is protected (or removed, for a removal). */
    public boolean isSuccess() {
        return ended
                && services.stream()
                        .allMatch(s ->
                                s.status() == ActivationStatus.PROTECTED || s.status() == ActivationStatus.REMOVED);
    }
}
