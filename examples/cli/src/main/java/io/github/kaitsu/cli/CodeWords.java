package io.github.kaitsu.cli;

import io.github.kaitsu.operator.BlockReason;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts words in the place of codes: texts for all hosts name the reasons of a {@code blocked} answer by their codes. */
final class CodeWords {
    private static final String CODES =
            Arrays.stream(BlockReason.values()).map(Enum::name).collect(Collectors.joining("|"));

    /** The code of a reason, alone. */
    static final Pattern CODE = Pattern.compile("(?<![A-Za-z_])(?:" + CODES + ")(?![A-Za-z_])");

    /** A code of one word may be a word of the text, unless it is said to be the reason. */
    private static final Pattern NAMED =
            Pattern.compile("(?<=理由: ?|理由を|[Rr]eason )(?:" + CODES + ")(?![A-Za-z_])|(?<![A-Za-z_])(?:"
                    + Arrays.stream(BlockReason.values())
                            .map(Enum::name)
                            .filter(name -> name.contains("_"))
                            .collect(Collectors.joining("|"))
                    + ")(?![A-Za-z_])");

    private CodeWords() {}

    static String replaced(String text, Invocation call) {
        return NAMED.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(call.text("reason.word", label(m.group(), call.locale()))));
    }

    private static String label(String code, Locale locale) {
        return BlockReason.valueOf(code).label(locale);
    }
}
