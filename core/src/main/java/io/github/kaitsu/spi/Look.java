package io.github.kaitsu.spi;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;

/**
 * What a {@link Probe} found. Details never hold secrets.
 *
 * <p>The names are part of the journal format: they may be added to, never renamed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Look.Holds.class, name = "holds"),
    @JsonSubTypes.Type(value = Look.Fails.class, name = "fails"),
    @JsonSubTypes.Type(value = Look.Unclear.class, name = "unclear"),
    @JsonSubTypes.Type(value = Look.NotBefore.class, name = "not-before"),
    @JsonSubTypes.Type(value = Look.NoAccess.class, name = "no-access"),
    @JsonSubTypes.Type(value = Look.AccessLost.class, name = "access-lost")
})
public sealed interface Look {
    /** The reason of a {@link Fails} that ends a service at once: the connection leads to another tenant than the pinned one. */
    String WRONG_TENANT = "WRONG_TENANT";

    /**
     * The claim holds.
     *
     * @param detail what was seen, for the report
     * @param facts what later steps need to know, by name ({@code box.temp-folder-id}); kept in the journal
     */
    record Holds(String detail, Map<String, String> facts) implements Look {
        public Holds {
            facts = Map.copyOf(facts);
        }
    }

    /**
     * A source says the opposite.
     *
     * @param reason a stable code; its texts stand in the module's bundle under {@code fails.<reason>}
     */
    record Fails(String reason, String detail) implements Look {}

    /** Nothing either way, for instance because a source lags: never a reason to act again. */
    record Unclear(String detail) implements Look {}

    /** The source asks not to be read before a time. */
    record NotBefore(Instant time, String detail) implements Look {}

    /** There is no connection to look through, or it may not read this: the person is asked instead. */
    record NoAccess(String detail) implements Look {}

    /**
     * There was a connection, and the vendor ended it: somebody is asked to connect again; the person is asked instead only if
     * that is refused.
     */
    record AccessLost(String detail) implements Look {}

    static Look holds(String detail) {
        return new Holds(detail, Map.of());
    }
}
