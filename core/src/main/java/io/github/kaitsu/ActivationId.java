package io.github.kaitsu;

import java.util.regex.Pattern;

/**
 * Names one run. The host chooses it, so that beginning twice is harmless. It stays when a run is forgotten: let it name nobody.
 *
 * @param value 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}, beginning with a letter or digit and not ending with a dot: safe as a file name
 */
public record ActivationId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?");

    /**
     * Checks the form.
     *
     * @throws KaitsuException INVALID_ACTIVATION_ID
     */
    public ActivationId {
        if (!FORM.matcher(value).matches()) {
            throw KaitsuException.of(ErrorCode.INVALID_ACTIVATION_ID, "");
        }
    }

    /**
     * An id that the host chooses, such as a contract's number. Let it name nobody: it outlives the run's erasure.
     *
     * @throws KaitsuException INVALID_ACTIVATION_ID
     */
    public static ActivationId of(String value) {
        return new ActivationId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
