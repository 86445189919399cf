package io.github.kaitsu.tests;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.box.BoxAuthorization;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.AuthorizationServer.Code;
import io.github.kaitsu.consent.AuthorizationServer.Question;
import io.github.kaitsu.dropbox.DropboxAuthorization;
import io.github.kaitsu.google.GoogleAuthorization;
import io.github.kaitsu.microsoft365.MicrosoftAuthorization;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.vendor.Refusal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A consent to the sandbox's own app at one provider, by the vendor's half alone. */
final class OwnConsent {
    static final URI BACK = URI.create("http://127.0.0.1:4711/callback");

    final AuthorizationServer server;
    final ScriptedPerson person;
    private final String verifier = random();

    OwnConsent(Sandbox sandbox, CloudService.Provider provider) {
        this.server = server(sandbox, provider);
        this.person = new ScriptedPerson(sandbox, "sato");
    }

    static AuthorizationServer server(Sandbox sandbox, CloudService.Provider provider) {
        String client = sandbox.clientId(provider);
        return switch (provider) {
            case BOX ->
                BoxAuthorization.builder(client, sandbox.clientSecret(provider).orElseThrow())
                        .page(URI.create(sandbox.box() + "/api/oauth2/authorize"))
                        .baseUrl(sandbox.boxApi())
                        .clock(sandbox.clock())
                        .build();
            case DROPBOX ->
                DropboxAuthorization.builder(client)
                        .page(URI.create(sandbox.dropbox() + "/oauth2/authorize"))
                        .baseUrl(sandbox.dropboxApi())
                        .clock(sandbox.clock())
                        .build();
            case GOOGLE ->
                GoogleAuthorization.builder(
                                client, sandbox.clientSecret(provider).orElseThrow())
                        .page(URI.create(sandbox.google() + "/o/oauth2/v2/auth"))
                        .tokenUrl(sandbox.googleApi())
                        .openIdUrl(sandbox.googleApi())
                        .directoryUrl(sandbox.googleApi())
                        .clock(sandbox.clock())
                        .build();
            case MICROSOFT365 ->
                MicrosoftAuthorization.builder(client)
                        .loginUrl(sandbox.microsoft())
                        .graphUrl(sandbox.graph())
                        .clock(sandbox.clock())
                        .build();
        };
    }

    /** What came back for the question, as the page's buttons and the sandbox's faults let it end. */
    private Optional<Map<String, String>> ask() {
        String state = random();
        Optional<String> challenge = server.pkce() ? Optional.of(challenge(verifier)) : Optional.empty();
        URI url = server.authorizationUrl(
                new Question(BACK, state, challenge, server.scopes(), Optional.empty(), Locale.JAPANESE));
        return person.consent(url).map(redirect -> {
            Map<String, String> back = query(redirect);
            if (!state.equals(back.get("state"))) {
                throw new AssertionError("another state");
            }
            return back;
        });
    }

    Code code() {
        String value = ask().orElseThrow().get("code");
        return new Code(value, BACK, server.pkce() ? Optional.of(verifier) : Optional.empty(), server.scopes());
    }

    Code with(Code code, Optional<String> otherVerifier) {
        return new Code(code.value(), code.redirectUri(), otherVerifier, code.scopes());
    }

    /** Empty if nobody comes back. */
    Optional<Refusal> refusal() {
        return ask().map(back ->
                server.refusal(back.getOrDefault("error", ""), back.getOrDefault("error_description", "")));
    }

    static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> query(URI address) {
        Map<String, String> out = new HashMap<>();
        for (String pair : address.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            out.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return out;
    }
}
