package io.github.kaitsu;

import java.time.Instant;

/**
 * What a claim rests on.
 *
 * @param source who or what said so: {@code box-api}, {@code console text}, a person's name as stated by the host
 * @param time when it was read or said
 * @param detail what exactly was seen, without secrets
 */
public record Evidence(Level level, String source, Instant time, String detail) {

    /** How sure we are. A newer VERIFIED or CONTRADICTED beats ATTESTED, never the other way round. */
    public enum Level {
        /** A machine read it at its source: an API, or a page read by the supervised browser. */
        VERIFIED,
        /** A person said or pasted it. */
        ATTESTED,
        /** A source says the opposite. */
        CONTRADICTED,
        /** No evidence either way: never shown as success, never as failure. */
        UNKNOWN
    }

    public boolean holds() {
        return level == Level.VERIFIED || level == Level.ATTESTED;
    }
}
