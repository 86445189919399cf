package io.github.kaitsu.sandbox;

import io.github.kaitsu.CloudService;
import java.time.Instant;

/**
 * Something was done that the procedure forbids; the sandbox let it happen and wrote it down.
 *
 * @param kind which rule was broken
 * @param service the service that was being linked
 * @param at when, by the sandbox's clock
 * @param detail what stood in the way
 */
public record Violation(Kind kind, CloudService service, Instant at, String detail) {
    /** The rules that the sandbox watches. */
    public enum Kind {
        /** A link was started while another one had not reached its success (COMMON-13). */
        LINK_DURING_PENDING,
        /** A grant was made for a service that was linked and in good health already (COMMON-6). */
        SECOND_GRANT
    }
}
