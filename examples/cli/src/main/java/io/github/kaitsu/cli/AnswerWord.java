package io.github.kaitsu.cli;

import io.github.kaitsu.operator.AnswerForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a person may say to an action. The words stand in the command's bundles under {@code word.<NAME>}, the offered one first: the
 * prompt and whoever reads the answer ({@link AnswerWords}) take them from there.
 */
enum AnswerWord {
    DONE,
    YES,
    NO,
    NOT_DONE,
    DECLINED,
    NOT_YET,
    /** The text comes next. */
    SEE,
    /** Puts this action off, and says nothing about it. */
    LATER,
    /** Ends the command; everything stays open. */
    LEAVE,
    /** From a question that an answer led to, to the answers. */
    BACK;

    /** Whatever language the command speaks: many answer in the other. */
    static final List<Messages> LANGUAGES = List.of(Messages.of(Locale.JAPANESE), Messages.of(Locale.ENGLISH));

    private static final List<AnswerWord> ALWAYS = List.of(NOT_DONE, DECLINED, NOT_YET, LATER, LEAVE);

    /** Those that an action of this form is offered, besides the words of its own. */
    static List<AnswerWord> offered(AnswerForm form) {
        List<AnswerWord> all = new ArrayList<>(
                switch (form.kind()) {
                    case DONE -> List.of(DONE);
                    case CHOICE -> isYesOrNo(form) ? List.of(YES, NO) : List.<AnswerWord>of();
                    case CONSOLE_TEXT, ADDRESS -> List.of(SEE);
                });
        all.addAll(ALWAYS);
        return all;
    }

    /** A question may also be answered with done, which is yes; and whoever pastes an answer may say so first. */
    boolean fits(AnswerForm form) {
        return this == SEE || offered(form).contains(this) || (this == DONE && isYesOrNo(form));
    }

    static boolean isYesOrNo(AnswerForm form) {
        return form.equals(AnswerForm.yesOrNo());
    }

    /** All words for it in one language, the offered one first. */
    List<String> words(Messages messages) {
        return Arrays.asList(messages.text("word." + name()).split("\\|"));
    }

    List<String> words() {
        return LANGUAGES.stream().flatMap(m -> words(m).stream()).toList();
    }

    /** As the prompt offers it, with what it means where that is not plain. */
    String offer(Messages messages) {
        String hint = "word." + name() + ".hint";
        return words(messages).get(0) + (messages.has(hint) ? messages.text(hint) : "");
    }
}
