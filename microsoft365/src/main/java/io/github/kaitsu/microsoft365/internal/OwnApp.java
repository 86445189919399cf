package io.github.kaitsu.microsoft365.internal;

import java.util.Optional;
import java.util.Set;

/**
 * The embedding team's own app as a tenant knows it.
 *
 * @param permissions what was granted for the whole organisation, by name; none if the tenant does not know the app
 */
public record OwnApp(String tenant, Set<String> permissions) {
    /** Reads it. */
    public static OwnApp of(String clientId, GraphReads graph) throws InterruptedException {
        Optional<EntraApp> app = graph.apps().withAppId(clientId);
        return new OwnApp(
                graph.tenant().id(),
                app.isPresent() ? graph.apps().grants(app.get()).names() : Set.of());
    }
}
