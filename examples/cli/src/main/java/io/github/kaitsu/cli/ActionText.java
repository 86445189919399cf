package io.github.kaitsu.cli;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An operator action as a person at a terminal needs it: what to do, then what is good to know of it. */
final class ActionText {
    private ActionText() {}

    static String of(Invocation call, OperatorAction action, Pages pages) {
        Locale locale = call.locale();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(title(call, action));
        lines.add(customer(call, action));
        lines.add(call.text(
                action.kind() == ActionTemplate.Kind.READ ? "action.read" : "action.do", action.goal(locale)));
        action.handedBack().ifPresent(back -> {
            lines.add(call.text("action.handed-back", back.text()));
            back.screenshots().forEach(picture -> lines.add("  " + picture));
        });
        lines.add(call.text("action.who", action.who(locale)));
        pages.line(call, action.link()).ifPresent(lines::add);
        int n = 1;
        for (String instruction : action.instructions(locale)) {
            lines.add("  " + n++ + ". " + pages.in(call, instruction));
        }
        action.values(locale).forEach((label, value) -> {
            lines.add(call.text("action.value", label));
            value.lines().forEach(v -> lines.add(Folded.AS_IT_STANDS + v));
        });
        lines.add("");
        lines.add(call.text("action.why", pages.in(call, action.why(locale))));
        lines.add(call.text("action.verify", pages.in(call, action.verification(locale))));
        lines.add(call.text("action.id", action.id()));
        return lines.stream()
                .map(line -> line.startsWith(Folded.AS_IT_STANDS) ? line : CodeWords.replaced(line, call))
                .collect(Collectors.joining("\n"));
    }

    private static String title(Invocation call, OperatorAction action) {
        String title = call.text("action.title", subject(call, action));
        return call.verbose() ? title + call.text("action.rule", action.rule()) : title;
    }

    /** What it concerns, and what is to be done. */
    static String subject(Invocation call, OperatorAction action) {
        String service = action.service().map(s -> s.label(call.locale())).orElseGet(() -> call.text("action.console"));
        return call.text("action.subject", service, action.title(call.locale()));
    }

    private static String customer(Invocation call, OperatorAction action) {
        CustomerId customer = action.customer();
        String whom = CommandWords.customer(action.company(), customer.organisation());
        return action.reference()
                .map(r -> call.text("action.customer-reference", whom, customer.site(), customer.account(), r))
                .orElseGet(() -> call.text("action.customer", whom, customer.site(), customer.account()));
    }

    /** The same for the command {@code answer}. */
    static String answers(AnswerForm form) {
        return switch (form.kind()) {
            case DONE -> "done";
            case CHOICE -> form.choices().contains("yes") ? "done|saw -" : "saw -";
            case CONSOLE_TEXT, ADDRESS -> "saw -";
        };
    }

    /** What may be answered. */
    static String choices(Invocation call, AnswerForm form) {
        String offers = String.join(" | ", AnswerWords.offers(form, call.messages()));
        boolean isConsole = form.kind() == AnswerForm.Kind.CONSOLE_TEXT;
        return call.text(isConsole ? "ask.console" : "ask.answer", offers);
    }
}
