package io.github.kaitsu;

import io.github.kaitsu.text.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something was refused or could not be done; nothing was lost.
 *
 * <p>Expected endings of an activation (denied, expired, waiting for a person) are values, not exceptions. The texts come
 * from the bundle {@code errors}, in Japanese and English; neither message nor next step ever contains a secret.
 */
public final class KaitsuException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String key;
    private final List<String> arguments;

    private KaitsuException(ErrorCode code, String key, List<String> arguments, @Nullable Throwable cause) {
        super(Texts.errors(Locale.ENGLISH).format(key + ".message", arguments), cause);
        this.code = code;
        this.key = key;
        this.arguments = arguments;
    }

    /**
     * A refusal whose texts stand under {@code CODE.variant.message} and {@code CODE.variant.next} ({@code CODE.message} and
     * {@code CODE.next} where the variant is empty).
     */
    public static KaitsuException of(ErrorCode code, String variant, Object... arguments) {
        return because(null, code, variant, arguments);
    }

    /** As {@link #of}, keeping what caused it. */
    public static KaitsuException because(
            @Nullable Throwable cause, ErrorCode code, String variant, Object... arguments) {
        Objects.requireNonNull(code);
        String key = variant.isEmpty() ? code.name() : code.name() + "." + variant;
        List<String> texts = Arrays.stream(arguments).map(String::valueOf).toList();
        return new KaitsuException(code, key, texts, cause);
    }

    /** What was refused, for programs; stable. */
    public ErrorCode code() {
        return code;
    }

    /** What its texts stand under, for a host that has better ones: the code, and behind a full stop the variant if there is one. */
    public String key() {
        return key;
    }

    /** What was refused and why, one sentence for a person. */
    public String message(Locale locale) {
        return Texts.errors(locale).format(key + ".message", arguments);
    }

    /** What to do next, one sentence for a person. */
    public String nextStep(Locale locale) {
        return Texts.errors(locale).format(key + ".next", arguments);
    }
}
