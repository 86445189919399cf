package io.github.kaitsu;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Something said as data: a code, whose sentence stands in the text files of the module that says it, and what it speaks of. So
 * every screen can say it in its own language, and a program can compare it without reading prose. Immutable.
 *
 * <p>Its sentence stands under {@code seen.<code>} beside the step's texts, else beside the core's.
 *
 * @param code lower case with hyphens, such as {@code folders-found}; never a sentence
 * @param arguments what the sentence's placeholders stand for: names, numbers, addresses; no prose of ours and no secret
 * @param quote a vendor's or a person's own words, as they were; empty if there are none
 * @param besides what else is to be known of it: how much of an answer could not be read; left out of JSON where there is nothing
 */
public record Statement(
        String code,
        List<String> arguments,
        String quote,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Statement> besides) {
    private static final Pattern CODE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

    /** Nothing was said. */
    public static final Statement NOTHING = new Statement("nothing", List.of(), "");

    /** @throws IllegalArgumentException if the code is no code */
    public Statement {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("no code: " + code);
        }
        arguments = List.copyOf(arguments);
        besides = List.copyOf(besides);
    }

    /** One with nothing besides. */
    public Statement(String code, List<String> arguments, String quote) {
        this(code, arguments, quote, List.of());
    }

    /** One with no quote and nothing besides; arguments become texts. */
    public static Statement of(String code, Object... arguments) {
        return new Statement(code, Arrays.stream(arguments).map(String::valueOf).toList(), "");
    }

    /** The same, with somebody's own words. */
    public Statement quoting(String words) {
        return new Statement(code, arguments, words, besides);
    }

    /** The same, and this besides. */
    public Statement besides(List<Statement> more) {
        List<Statement> all = new ArrayList<>(besides);
        all.addAll(more);
        return new Statement(code, arguments, quote, all);
    }

    /** Whether nothing was said. */
    public boolean saysNothing() {
        return equals(NOTHING);
    }
}
