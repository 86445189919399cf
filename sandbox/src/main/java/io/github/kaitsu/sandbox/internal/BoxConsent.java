package io.github.kaitsu.sandbox.internal;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** The consent to the embedding team's own Box application: a real authorization code flow without PKCE. */
public final class BoxConsent {
    /** The one application that is registered at the sandbox's Box. */
    public static final String CLIENT_ID = "sandbox-box-client";

    private static final Duration CODE_LIFE = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final World world;
    private final ProviderPages pages;

    BoxConsent(Ledger ledger, ProviderPages pages) {
        this.ledger = ledger;
        this.world = ledger.world();
        this.pages = pages;
    }

    public static String clientSecret(Setup setup) {
        return setup.secrets().hex("box/client-secret", 32);
    }

    Response ask(Request r, Labels t) {
        boolean sound = r.query("client_id").equals(CLIENT_ID)
                && r.query("response_type").equals("code")
                && isRegistered(r.query("redirect_uri"));
        if (!sound) {
            return pages.invalid(t);
        }
        Form form = Form.post("/api/oauth2/grant")
                .hidden("_client", CLIENT_ID)
                .hidden("_redirect", r.query("redirect_uri"))
                .hidden("_state", r.query("state"))
                .button("allow", t.get("box.grant"))
                .quietButton("deny", t.get("box.deny"));
        return Response.html(pages.page(t, "Box")
                .text(t.get("provider.asks", "Kaitsu"))
                .note(world.setup().administrator())
                .form(form)
                .html());
    }

    Response settle(Request r, Labels t) {
        String redirect = r.field("_redirect");
        if (!isRegistered(redirect)) {
            return pages.invalid(t);
        }
        String state = r.field("_state").isEmpty() ? "" : "&state=" + encode(r.field("_state"));
        String glue = redirect.contains("?") ? "&" : "?";
        if (!r.field("_press").equals("allow")) {
            String why = encode("The user denied access to your application");
            return Response.redirect(redirect + glue + "error=access_denied&error_description=" + why + state);
        }
        String code =
                world.setup().secrets().hex("box/code/" + world.box.codes.size() + "/" + world.box.tokensIssued, 32);
        Instant until = world.now().plus(CODE_LIFE);
        ledger.record(new Change.BoxCodeIssued(Secrets.digest(code), redirect, until));
        return Response.redirect(redirect + glue + "code=" + code + state);
    }

    /** Box compares exactly, but lets the port of a loopback address vary; plain http only there. */
    private static boolean isRegistered(String redirect) {
        try {
            URI uri = URI.create(redirect);
            String host = uri.getHost() == null ? "" : uri.getHost();
            boolean loopback = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
            return "https".equals(uri.getScheme()) ? !host.isEmpty() : "http".equals(uri.getScheme()) && loopback;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
