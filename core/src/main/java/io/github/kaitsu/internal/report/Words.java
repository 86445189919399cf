package io.github.kaitsu.internal.report;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.AnswerForm;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.internal.Texts;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.Look;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The words of plan and report in one language. */
record Words(Texts texts, Locale locale) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String READ_BY = "console, read by ";
    private static final String SKIPPED = "skipped: ";

    static Words in(Locale locale) {
        return new Words(Texts.load(Texts.class, "actions", locale), locale);
    }

    String get(String key) {
        return texts.get(key);
    }

    String get(String key, Object... arguments) {
        return texts.format(key, Stream.of(arguments).map(String::valueOf).toList());
    }

    String customer(CustomerId customer) {
        return get("report.customer.text", customer.account(), customer.organisation(), customer.site());
    }

    String edition(Edition edition) {
        return get("report.edition." + edition.name());
    }

    String status(ActivationStatus status) {
        return get("status." + status.name());
    }

    /** What went wrong: in the provider module's words where it has some, else in general. */
    Optional<String> failure(ServiceView service) {
        return service.failure()
                .map(f -> service.explanation()
                        .map(e -> e.message().in(locale))
                        .orElseGet(() -> get("failure." + f.name())));
    }

    Optional<String> nextStep(ServiceView service) {
        return service.failure()
                .map(f -> service.explanation()
                        .map(e -> e.nextStep().in(locale))
                        .orElseGet(() -> get("failure." + f.name() + ".next")));
    }

    String level(Evidence.Level level) {
        return get("evidence." + level.name());
    }

    String performer(Performer performer) {
        return get("performer." + performer.name());
    }

    String phase(Phase phase) {
        return get("phase." + phase.name());
    }

    String kind(ActionTemplate.Kind kind) {
        return get("kind." + kind.name());
    }

    String answer(AnswerForm form) {
        return get("answer." + form.kind().name(), String.join(", ", form.choices()));
    }

    String time(Instant time) {
        return TIME.format(time);
    }

    /** What an ended service waits for is nobody's question. */
    String waiting(Waiting waiting) {
        if (waiting instanceof Waiting.ForOperator) {
            return get("waiting.OPERATOR");
        } else if (waiting instanceof Waiting.Until until) {
            return get("waiting.TIME", time(until.time()));
        } else if (waiting instanceof Waiting.ForLinkSlot slot) {
            return get("waiting.LINK_SLOT", slot.holder());
        }
        return get("waiting.NOTHING");
    }

    String source(Evidence evidence) {
        String source = evidence.source();
        return source.startsWith(READ_BY) ? get("source.console", source.substring(READ_BY.length())) : source;
    }

    /** A detail in the engine's own words is translated; what a vendor or a person said stays as it is. */
    String detail(StepView step) {
        String detail = step.evidence().detail();
        if (step.skipped() && detail.startsWith(SKIPPED)) {
            String reason = detail.substring(SKIPPED.length());
            return get("report.skipped") + ": "
                    + texts.find("skipped." + reason)
                            .or(() -> texts.find("blocked." + reason))
                            .orElse(reason);
        }
        return texts.find("detail." + detail.replace(' ', '-')).orElse(detail);
    }

    String found(Look look) {
        if (look instanceof Look.Holds holds) {
            return get("found.HOLDS", holds.detail());
        } else if (look instanceof Look.Fails fails) {
            return get("found.FAILS", fails.reason() + ": " + fails.detail());
        } else if (look instanceof Look.Unclear unclear) {
            return get("found.UNCLEAR", unclear.detail());
        } else if (look instanceof Look.NotBefore notBefore) {
            return get("found.NOT_BEFORE", time(notBefore.time()));
        } else if (look instanceof Look.NoAccess noAccess) {
            return get("found.NO_ACCESS", noAccess.detail());
        } else if (look instanceof Look.AccessLost lost) {
            return get("found.ACCESS_LOST", lost.detail());
        }
        throw new IllegalStateException("unknown look " + look.getClass());
    }

    /** COMMON-18. */
    List<String> trademarks() {
        return IntStream.iterate(1, n -> n + 1)
                .mapToObj(n -> texts.find("trademarks." + n))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Nobody has looked or said anything yet, so there is no time to tell. */
    static boolean hasTime(Evidence evidence) {
        return evidence.level() != Evidence.Level.UNKNOWN || !evidence.source().isEmpty();
    }
}
