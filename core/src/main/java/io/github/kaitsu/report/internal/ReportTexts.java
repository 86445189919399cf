package io.github.kaitsu.report.internal;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.report.internal.Page.Line;
import io.github.kaitsu.text.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The words of plan and report in one language. Times are Japan's, whoever reads them. */
record ReportTexts(Texts texts, Locale locale) {
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final DateTimeFormatter TIME = in("uuuu-MM-dd HH:mm:ss 'JST'", Locale.ROOT);
    private static final DateTimeFormatter DATE_JA = in("uuuu年M月d日 H:mm（日本時間）", Locale.ROOT);
    private static final DateTimeFormatter DATE_EN = in("d MMMM uuuu, H:mm 'JST'", Locale.ENGLISH);

    static ReportTexts in(Locale locale) {
        return new ReportTexts(Texts.load(Texts.class, "actions", locale), locale);
    }

    private static DateTimeFormatter in(String pattern, Locale locale) {
        return DateTimeFormatter.ofPattern(pattern, locale).withZone(JAPAN);
    }

    String get(String key) {
        return texts.get(key);
    }

    String get(String key, Object... arguments) {
        return texts.format(key, Stream.of(arguments).map(String::valueOf).toList());
    }

    /** Every customer's organisation is called the same, so the company comes first where it is known. */
    String customer(CustomerId customer, Optional<String> company) {
        String text = get("report.customer.text", customer.account(), customer.organisation(), customer.site());
        return company.map(name -> get("report.customer.company", name, text)).orElse(text);
    }

    /** How the host calls and sorts the run, as far as it does. */
    List<Line> books(Optional<String> reference, Set<String> labels) {
        List<Line> lines = new ArrayList<>();
        reference.ifPresent(r -> lines.add(Line.labelled(get("report.reference"), r)));
        if (!labels.isEmpty()) {
            lines.add(Line.labelled(get("report.labels"), String.join(", ", labels)));
        }
        return lines;
    }

    String edition(Edition edition) {
        return get("report.edition." + edition.name());
    }

    /** Not simply that all is done, where somebody has said otherwise since. */
    String status(ServiceView service) {
        boolean isDone = service.status() == ActivationStatus.PROTECTED || service.status() == ActivationStatus.REMOVED;
        return get((isDone && service.isContradicted() ? "status.doubted." : "status.") + service.status());
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

    /** Between the names of a list. */
    String comma() {
        return locale.getLanguage().equals("ja") ? "、" : ", ";
    }

    /** For a table or a list of evidence. */
    String time(Instant time) {
        return TIME.format(time);
    }

    /** For a sentence. */
    String date(Instant time) {
        return (locale.getLanguage().equals("ja") ? DATE_JA : DATE_EN).format(time);
    }

    /** What an ended service waits for is nobody's question. */
    String waiting(Waiting waiting) {
        if (waiting instanceof Waiting.ForOperator) {
            return get("waiting.OPERATOR");
        } else if (waiting instanceof Waiting.Until until) {
            return get("waiting.TIME", date(until.time()));
        } else if (waiting instanceof Waiting.ForLinkSlot) {
            return get("waiting.LINK_SLOT");
        }
        return get("waiting.NOTHING");
    }

    /** Whose link is under way, or what the console shows as 保留. */
    static String holder(Waiting.ForLinkSlot slot) {
        return slot.holder().map(String::valueOf).orElse(slot.line());
    }

    /** What a plan with reads has found. */
    String found(ProbeResult look, String seen) {
        if (look instanceof ProbeResult.Holds) {
            return get("found.HOLDS", seen);
        } else if (look instanceof ProbeResult.Fails) {
            return get("found.FAILS", seen);
        } else if (look instanceof ProbeResult.Unclear) {
            return get("found.UNCLEAR", seen);
        } else if (look instanceof ProbeResult.NotBefore notBefore) {
            return get("found.NOT_BEFORE", time(notBefore.time()));
        } else if (look instanceof ProbeResult.NoAccess) {
            return get("found.NO_ACCESS", seen);
        } else if (look instanceof ProbeResult.AccessLost) {
            return get("found.ACCESS_LOST", seen);
        } else if (look instanceof ProbeResult.Refused) {
            return get("found.REFUSED", seen);
        }
        throw new IllegalStateException("unknown look " + look.getClass());
    }

    /** COMMON-18. */
    List<String> trademarks() {
        return texts.lines("trademarks", Set.of());
    }

    /** Nobody has looked or said anything yet, so there is no time to tell. */
    static boolean hasTime(Evidence evidence) {
        return evidence.level() != Evidence.Level.UNKNOWN || evidence.source().kind() != Evidence.Kind.NOBODY;
    }
}
