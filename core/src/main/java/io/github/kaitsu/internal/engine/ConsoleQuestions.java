package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleReading.Count;
import io.github.kaitsu.console.ConsoleReading.ListKind;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.NotProof;
import io.github.kaitsu.internal.engine.ConsoleKnowledge.Read;
import io.github.kaitsu.internal.engine.Proof.Verdict;
import io.github.kaitsu.journal.Event.ReadingAsk;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.provision.ActivationStep;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The questions about the console that come up as a run goes on; their words depend on what is known at the moment. */
final class ConsoleQuestions {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RunState state;

    ConsoleQuestions(RunState state) {
        this.state = state;
    }

    Optional<ActivationStep> find(StepId id) {
        if (id.equals(CoreSteps.READ)) {
            return Optional.of(read());
        } else if (id.equals(CoreSteps.COUNTS)) {
            return Optional.of(counts());
        } else if (id.equals(CoreSteps.FURNITURE)) {
            return Optional.of(furniture());
        } else if (id.equals(CoreSteps.USERS)) {
            return Optional.of(users());
        }
        return CoreSteps.serviceOf(id, CoreSteps.OWN_TEXT)
                .map(s -> aboutText(id, s, "own-text"))
                .or(() -> CoreSteps.serviceOf(id, CoreSteps.SENTENCE).map(s -> aboutText(id, s, "sentence")));
    }

    // ---- reading (COMMON-19)

    private ActivationStep read() {
        StepState read = state.step(CoreSteps.READ);
        ReadingAsk ask = read.ask == null
                ? new ReadingAsk(List.of(Part.ACCOUNTS, Part.SUCCESS, Part.PENDING), List.of(), 0, false, List.of())
                : read.ask;
        return read(ask);
    }

    ActivationStep read(ReadingAsk ask) {
        List<Statement> lines = new ArrayList<>();
        if (ask.attempt() > 0) {
            whyAgain(ask).forEach(lines::add);
        }
        if (ask.attempt() >= ConsoleAsks.SAME) {
            shortForms(ask).forEach(lines::add);
        }
        ask.parts().forEach(part -> page(part, ask).ifPresent(lines::add));
        lines.add(Statement.of("read-paste"));
        if (ask.insufficient() && ask.attempt() >= 2 * ConsoleAsks.SAME) {
            lines.add(Statement.of("read-support", ask.attempt()));
        }
        return CoreSteps.question(
                state.request(),
                CoreSteps.READ,
                "COMMON-12",
                ask.attempt() < ConsoleAsks.SAME ? "read" : "read-again",
                AnswerForm.consoleText(ask.parts()),
                lines,
                names(ask.services(), Locale.JAPANESE),
                names(ask.services(), Locale.ENGLISH),
                state.request().customer().organisation(),
                Integer.toString(ask.attempt() + 1));
    }

    private static String names(List<CloudService> services, Locale locale) {
        return services.stream().map(s -> s.label(locale)).collect(Collectors.joining(", "));
    }

    private Optional<Statement> page(Part part, ReadingAsk ask) {
        return switch (part) {
            case ACCOUNTS -> Optional.of(Statement.of("read-accounts"));
            case SUCCESS ->
                Optional.of(Statement.of(
                        ask.services().stream().anyMatch(s -> s.provider() == CloudService.Provider.GOOGLE)
                                ? "read-success-google"
                                : "read-success"));
            case PENDING -> Optional.of(Statement.of("read-pending"));
            case WIZARD ->
                state.edition() == Edition.CONSOLE_2024_07
                        ? Optional.of(Statement.of("read-wizard"))
                        : Optional.empty();
            case ORGANISATIONS, CLOCK -> Optional.of(Statement.of("read-clock"));
        };
    }

    /** What the last answer lacked, and why what was found does not count. */
    private List<Statement> whyAgain(ReadingAsk ask) {
        List<Statement> lines = new ArrayList<>();
        state.console().newest().ifPresent(last -> {
            if (state.console().isLate(last)) {
                lines.add(Statement.of("read-late", TIME.format(state.console().copied(last))));
            }
            ask.parts().stream()
                    .filter(p -> !last.has(p))
                    .forEach(p ->
                            lines.add(Statement.of("read-lacked-" + p.name().toLowerCase(Locale.ROOT) + "-"
                                    + last.reading().state(p).name().toLowerCase(Locale.ROOT))));
            if (ask.parts().contains(Part.SUCCESS)
                    && last.has(Part.SUCCESS)
                    && !last.reading().successLists().contains(ListKind.NOTIFICATIONS)) {
                lines.add(Statement.of("read-lacked-notifications"));
            }
            ask.unread().stream().limit(5).forEach(line -> lines.add(Statement.of("read-unread", line)));
        });
        ask.services().stream()
                .flatMap(s -> notProof(s).stream())
                .filter(r -> r.reason() != NotProof.Reason.INCOMPLETE)
                .map(NotProof::statement)
                .distinct()
                .limit(5)
                .forEach(lines::add);
        return lines;
    }

    private List<Statement> shortForms(ReadingAsk ask) {
        List<Statement> lines = new ArrayList<>();
        lines.add(Statement.of("read-short"));
        for (Part part : ask.parts()) {
            if (part == Part.ACCOUNTS || part == Part.SUCCESS || part == Part.PENDING || part == Part.WIZARD) {
                lines.add(Statement.of("read-short-" + part.name().toLowerCase(Locale.ROOT)));
            }
        }
        return lines;
    }

    /** Why nothing that was read proves a service, as far as anything was read since its grant. */
    List<NotProof> notProof(CloudService service) {
        ServiceState serviceState = state.service(service);
        StepState ownText = state.step(CoreSteps.id(service, CoreSteps.OWN_TEXT)); // asked only about a foreign text
        Proof proof =
                Proof.of(state, service, serviceState, r -> ownText.open != null || ownText.answerNumber > r.number());
        if (!serviceState.linked
                || state.console()
                        .newest()
                        .filter(r -> r.number() > proof.since())
                        .isEmpty()) {
            return List.of();
        }
        return proof.judge() instanceof Verdict.NotYet notYet ? notYet.reasons() : List.of();
    }

    // ---- questions

    private ActivationStep counts() {
        Optional<Count> count = state.console().openCount();
        return CoreSteps.question(
                state.request(),
                CoreSteps.COUNTS,
                "COMMON-19",
                "counts",
                AnswerForm.yesOrNo(),
                List.of(),
                count.map(c -> Integer.toString(c.printed())).orElse(""),
                count.map(c -> Integer.toString(c.read())).orElse(""));
    }

    private ActivationStep furniture() {
        ReadingAsk ask = state.step(CoreSteps.FURNITURE).ask;
        List<String> unread = ask == null ? List.of() : ask.unread();
        return CoreSteps.question(
                state.request(),
                CoreSteps.FURNITURE,
                "COMMON-19",
                "furniture",
                AnswerForm.yesOrNo(),
                unread.stream().map(line -> Statement.of("read-unread", line)).toList());
    }

    private ActivationStep users() {
        return CoreSteps.question(
                state.request(),
                CoreSteps.USERS,
                "COMMON-11",
                "users",
                AnswerForm.choice(CoreSteps.FEW_USERS, CoreSteps.MANY_USERS, CoreSteps.UNKNOWN_USERS),
                List.of());
    }

    private ActivationStep aboutText(StepId id, CloudService service, String key) {
        Optional<Read> newest = state.console().newest();
        String sentence = newest.flatMap(r -> r.reading().wizard())
                .flatMap(w -> w.sentence())
                .orElse("");
        return CoreSteps.question(
                state.request(),
                id,
                "COMMON-12",
                key,
                AnswerForm.yesOrNo(),
                List.of(),
                service.label(Locale.JAPANESE),
                service.label(Locale.ENGLISH),
                sentence);
    }

    // ---- the expected time (COMMON-11)

    /** The grant says how long the synchronisation is expected to take, and why. */
    ActionTemplate withExpectedTime(ActionTemplate template, StepId grant) {
        List<Statement> lines = new ArrayList<>(template.lines());
        CoreSteps.serviceOf(grant, CoreSteps.GRANT).ifPresent(service -> {
            Expected expected = Expected.of(state, service, ActivationRetryPolicy.ofDefaults());
            lines.add(expected.inWords());
            lines.add(expected.basis());
        });
        return template.toBuilder().lines(lines).build();
    }
}
