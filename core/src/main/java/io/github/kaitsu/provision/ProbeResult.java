package io.github.kaitsu.provision;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.kaitsu.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Probe} found. What was seen is a {@link Statement}, never prose, and never holds secrets.
 *
 * <p>The names are part of the journal format: they may be added to, never renamed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProbeResult.Holds.class, name = "holds"),
    @JsonSubTypes.Type(value = ProbeResult.Fails.class, name = "fails"),
    @JsonSubTypes.Type(value = ProbeResult.Unclear.class, name = "unclear"),
    @JsonSubTypes.Type(value = ProbeResult.NotBefore.class, name = "not-before"),
    @JsonSubTypes.Type(value = ProbeResult.NoAccess.class, name = "no-access"),
    @JsonSubTypes.Type(value = ProbeResult.AccessLost.class, name = "access-lost"),
    @JsonSubTypes.Type(value = ProbeResult.Refused.class, name = "refused")
})
public sealed interface ProbeResult {
    /** The code of a {@link Fails} that ends a service at once: the connection leads to another tenant than the pinned one. */
    String WRONG_TENANT = "wrong-tenant";

    /** The same, with something to know besides; what later steps need stays. */
    default ProbeResult besides(List<Statement> more) {
        Statement whole = seen().besides(more);
        if (this instanceof Holds holds) {
            return new Holds(whole, holds.facts());
        }
        if (this instanceof NotBefore later) {
            return new NotBefore(later.time(), whole);
        }
        if (this instanceof Fails) {
            return new Fails(whole);
        }
        if (this instanceof NoAccess) {
            return new NoAccess(whole);
        }
        return this instanceof AccessLost ? new AccessLost(whole) : new Unclear(whole);
    }

    /** What was seen; its sentence stands under {@code seen.<code>} in the module's texts. */
    Statement seen();

    /**
     * The claim holds.
     *
     * @param facts what later steps need to know, by name ({@code box.temp-folder-id}); kept in the journal
     */
    record Holds(Statement seen, Map<String, String> facts) implements ProbeResult {
        /** Keeps an unmodifiable copy. */
        public Holds {
            facts = Map.copyOf(facts);
        }

        /** The same, with what later steps need to know. */
        public Holds with(Map<String, String> learnt) {
            return new Holds(seen, learnt);
        }
    }

    /**
     * A source says the opposite. What that means and what to do stand in the module's texts under {@code fails.<code>} and
     * {@code fails.<code>.next}.
     */
    record Fails(Statement seen) implements ProbeResult {}

    /** Nothing either way, for instance because a source lags: never a reason to act again. */
    record Unclear(Statement seen) implements ProbeResult {}

    /** The source asks not to be read before a time. */
    record NotBefore(Instant time, Statement seen) implements ProbeResult {}

    /** There is no connection to look through, or it may not read this: the person is asked instead. */
    record NoAccess(Statement seen) implements ProbeResult {}

    /**
     * There was a connection, and the vendor ended it: somebody is asked to connect again; the person is asked instead only if
     * that is refused.
     */
    record AccessLost(Statement seen) implements ProbeResult {}

    /**
     * There is a connection, and the vendor refuses our own app: who can mend it is asked to, once, and nobody is asked to connect
     * again unless that helps.
     *
     * @param app the app's client id; empty if it is not known
     */
    record Refused(Mender mender, String app, Statement seen) implements ProbeResult {}

    /** The claim holds, and later steps need to know nothing. */
    static Holds holds(String code, Object... arguments) {
        return new Holds(Statement.of(code, arguments), Map.of());
    }

    /** A source says the opposite. */
    static Fails fails(String code, Object... arguments) {
        return new Fails(Statement.of(code, arguments));
    }

    /** Nothing either way. */
    static Unclear unclear(String code, Object... arguments) {
        return new Unclear(Statement.of(code, arguments));
    }

    /** The source asks not to be read before this time. */
    static NotBefore notBefore(Instant time, String code, Object... arguments) {
        return new NotBefore(time, Statement.of(code, arguments));
    }

    /** There is no connection that may read this. */
    static NoAccess noAccess(String code, Object... arguments) {
        return new NoAccess(Statement.of(code, arguments));
    }

    /** The vendor ended the connection. */
    static AccessLost accessLost(String code, Object... arguments) {
        return new AccessLost(Statement.of(code, arguments));
    }
}
