package io.github.kaitsu.vendor.http;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.vendor.ConnectedProbe;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks that count only in the pinned tenant: what is seen in another one proves nothing, neither that something is there nor that
 * it is gone. Immutable and thread-safe.
 *
 * @param who reads where the connection leads; asked before each look, which is given the answer
 * @param tenant the id of the tenant, as in the fact {@code tenant.<PROVIDER>}; an empty text where there is none, nothing where the vendor
 *     does not tell, which the look itself must judge
 */
public record TenantGuard<C, W>(
        CloudService.Provider provider, Reader<C, W> who, Function<W, Optional<String>> tenant) {
    private static final String NONE = "-";

    /** Reads something through a connection. */
    @FunctionalInterface
    public interface Reader<C, W> {
        /**
         * Reads who somebody is at the provider.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        W read(C connection) throws InterruptedException;
    }

    /** A look by somebody who is known. */
    @FunctionalInterface
    public interface Inside<C, W> {
        /**
         * Looks, once it is certain whose tenant it is.
         *
         * @throws InterruptedException if the thread is interrupted
         */
        ProbeResult look(C connection, W who, ProbeContext context) throws InterruptedException;
    }

    /** The question that is asked inside the pinned tenant, or where none is pinned; what holds is given the tenant as a fact. */
    public ConnectedProbe.Question<C> ask(Inside<C, W> inside) {
        return (connection, context) -> {
            W seen = who.read(connection);
            Optional<String> here = tenant.apply(seen);
            Optional<String> pinned = context.facts().tenant(provider);
            if (pinned.isPresent() && here.isPresent() && !pinned.equals(here)) {
                return ProbeResult.fails(
                        ProbeResult.WRONG_TENANT, here.get().isEmpty() ? NONE : here.get(), pinned.get());
            }
            ProbeResult look = inside.look(connection, seen, context);
            boolean known = here.filter(id -> !id.isEmpty()).isPresent();
            return look instanceof ProbeResult.Holds holds && known
                    ? holds.with(with(holds.facts(), here.get()))
                    : look;
        };
    }

    private Map<String, String> with(Map<String, String> facts, String here) {
        Map<String, String> all = new HashMap<>(facts);
        all.put(Facts.tenantOf(provider), here);
        return all;
    }
}
