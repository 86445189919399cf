package io.github.kaitsu.operator;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing done in a browser's window while an action was performed, as the program wrote it down that drives the window.
 *
 * @param what the label of what was pressed or filled, or what the person was asked for
 * @param address the page it was done on, without its query
 * @param before a picture of the page before it, with passwords and codes blanked; absent where the page was gone
 * @param after a picture of what came of it
 */
public record RecordedChange(
        Instant time,
        ActivationId activation,
        ActionId action,
        By by,
        String what,
        String address,
        Optional<Path> before,
        Optional<Path> after) {

    /** Whose hand it was. */
    public enum By {
        /** The driven browser. */
        BROWSER,
        /** The person in its window. */
        PERSON
    }
}
