package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;

/** {@code graph.microsoft.com}: the reads that the activation's looks need. Tokens come from {@link MicrosoftPages}' site. */
final class GraphApi implements Site.Handler {
    private final World world;
    private final Bearers bearers;

    GraphApi(Ledger ledger) {
        this.world = ledger.world();
        this.bearers = new Bearers(ledger.world(), CloudService.Provider.MICROSOFT365);
    }

    @Override
    public Response answer(Request r) {
        return bearers.answer(r, grant -> call(r));
    }

    /** Graph, by its paths, beginning with {@code /v1.0}. */
    private Response call(Request r) {
        return switch (r.method() + " " + r.path()) {
            default -> notFound(r);
        };
    }

    private Response notFound(Request r) {
        String segment = r.path()
                .replaceFirst("^/(v1\\.0|beta)/", "")
                .replaceFirst("^/", "")
                .replaceFirst("/.*", "");
        String why = "Resource not found for the segment '" + segment + "'.";
        return Response.json(400, Bearers.graphError(world, "BadRequest", why));
    }
}
