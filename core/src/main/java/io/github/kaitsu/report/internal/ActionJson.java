package io.github.kaitsu.report.internal;

import static io.github.kaitsu.report.internal.ReportJson.array;
import static io.github.kaitsu.report.internal.ReportJson.object;
import static io.github.kaitsu.report.internal.ReportJson.strings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The JSON of an action. Keys may be added, none renamed or dropped. */
final class ActionJson {
    private final OperatorAction action;
    private final Locale locale;
    private final ReportTexts words;

    private ActionJson(OperatorAction action, Locale locale) {
        this.action = action;
        this.locale = locale;
        this.words = ReportTexts.in(locale);
    }

    static ObjectNode of(OperatorAction action, Locale locale) {
        return new ActionJson(action, locale).document();
    }

    private ObjectNode document() {
        ObjectNode json = object().put("id", action.id().value())
                .put("activation", action.activation().value())
                .put("kind", action.kind().name())
                .put("kindText", words.kind(action.kind()))
                .put("service", action.service().map(Enum::name).orElse(null))
                .put("serviceText", action.service().map(s -> s.label(locale)).orElse(null))
                .put("step", action.step().value())
                .put("rule", action.rule());
        json.set("customer", ReportJson.customer(action.customer(), action.company(), action.reference(), Set.of()));
        json.put("title", action.title(locale))
                .put("goal", action.goal(locale))
                .put("who", action.who(locale))
                .put("why", action.why(locale))
                .put("link", action.link().map(URI::toString).orElse(null));
        ObjectNode values = json.putObject("values");
        action.values(locale).forEach(values::put);
        json.set("instructions", strings(action.instructions(locale)));
        json.put("verify", action.verification(locale));
        answer(json);
        return json.put("offeredAt", action.offeredAt().toString())
                .put("overdueAt", action.overdueAt().map(Instant::toString).orElse(null))
                .put("handedBack", action.handedBack().isPresent())
                .put(
                        "handedBackBecause",
                        action.handedBack().map(Answer.HandedBack::text).orElse(null))
                .set(
                        "pictures",
                        strings(action.handedBack()
                                .map(Answer.HandedBack::screenshots)
                                .orElse(List.of())));
    }

    private void answer(ObjectNode json) {
        AnswerForm form = action.form();
        json.put("answerForm", form.kind().name()).put("answerText", words.answer(form));
        json.set("answers", array(form.answers(), this::answerWord));
        json.set("choices", strings(form.choices()));
        json.set("choiceTexts", array(form.choices(), this::choice));
        json.set(
                "parts",
                strings(form.parts().stream()
                        .map(p -> p.name().toLowerCase(Locale.ROOT))
                        .toList()));
        json.set(
                "partTexts",
                array(
                        form.parts(),
                        p -> object().put("part", p.name().toLowerCase(Locale.ROOT))
                                .put("text", words.get("part." + p.name()))));
        json.put("pattern", form.pattern().isEmpty() ? null : form.pattern());
        json.set("blockReasons", array(List.of(BlockReason.values()), this::blockReason));
    }

    private ObjectNode answerWord(String word) {
        return object().put("answer", word).put("text", words.get("answer." + word));
    }

    private ObjectNode choice(String word) {
        return object().put("choice", word).put("text", action.choice(word, locale));
    }

    private ObjectNode blockReason(BlockReason reason) {
        return object().put("reason", reason.name())
                .put("text", reason.label(locale))
                .put("accepted", action.template().acceptedBlocks().contains(reason));
    }
}
