package io.github.kaitsu.consent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.vendor.Refusal;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A vendor with a strict token endpoint over HTTP; its consent page is {@link #consent}. */
final class SmallVendor implements AuthorizationServer, AutoCloseable {
    static final Set<String> SCOPES = Set.of("users.read", "files.read");

    final List<String> revoked = new CopyOnWriteArrayList<>();
    final AtomicInteger redeemed = new AtomicInteger();
    volatile String account = "admin@example.co.jp";
    volatile String tenant = "tenant-1";
    volatile Optional<Boolean> administrator = Optional.of(true);
    volatile Set<String> grants = SCOPES;
    volatile boolean pkce = true;
    volatile boolean canRevoke = true;
    volatile int tokenStatus;
    volatile int meStatus;
    volatile int revokeStatus;
    volatile Set<String> aliases = Set.of();
    volatile String issuer = "https://vendor.example";
    volatile Runnable beforeRevocation = () -> {};

    private final CloudService.Provider provider;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger serial = new AtomicInteger();

    SmallVendor(CloudService.Provider provider) {
        this.provider = provider;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "small-vendor");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/token", e -> answer(e, this::token));
        server.createContext("/me", e -> answer(e, body -> meStatus != 0 ? meStatus + " busy" : "200 ok"));
        server.createContext("/revoke", e -> answer(e, this::revoke));
        server.start();
    }

    // ---- the person at the consent page

    /** Says yes, and is sent back. */
    URI consent(URI authorizationUrl) {
        Map<String, String> asked = parameters(authorizationUrl.getRawQuery());
        String code = "code-" + serial.incrementAndGet();
        codes.put(code, asked);
        return back(authorizationUrl, "code=" + code);
    }

    /** Is sent back with something else. */
    static URI back(URI authorizationUrl, String answer) {
        Map<String, String> asked = parameters(authorizationUrl.getRawQuery());
        return URI.create(asked.get("redirect_uri") + "?" + answer + "&state=" + encode(asked.get("state")));
    }

    // ---- the token endpoint

    private String token(Map<String, String> form) {
        redeemed.incrementAndGet();
        if (tokenStatus != 0) {
            return tokenStatus + " busy";
        }
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        boolean right = asked != null
                && asked.get("redirect_uri").equals(form.get("redirect_uri"))
                && (asked.get("code_challenge") == null
                        || asked.get("code_challenge").equals(s256(form.getOrDefault("code_verifier", ""))));
        return right ? "200 token-" + serial.incrementAndGet() : "400 invalid_grant";
    }

    private String revoke(Map<String, String> form) {
        if (revokeStatus != 0) {
            return revokeStatus + " busy";
        }
        revoked.add(form.get("token"));
        return "200 ok";
    }

    private static String s256(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- the app's side of it

    @Override
    public CloudService.Provider provider() {
        return provider;
    }

    @Override
    public String client() {
        return "small-app";
    }

    @Override
    public Set<String> scopes() {
        return SCOPES;
    }

    @Override
    public boolean pkce() {
        return pkce;
    }

    @Override
    public URI authorizationUrl(Question question) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/authorize?redirect_uri="
                + encode(question.redirectUri().toString())
                + "&state=" + encode(question.state())
                + question.challenge()
                        .map(c -> "&code_challenge_method=S256&code_challenge=" + c)
                        .orElse(""));
    }

    @Override
    public boolean isIssuer(String iss) {
        return iss.equals(issuer);
    }

    @Override
    public TokenGrant redeem(Code code) throws InterruptedException {
        String token = call(
                "/token",
                Map.of(
                        "code",
                        code.value(),
                        "redirect_uri",
                        code.redirectUri().toString(),
                        "code_verifier",
                        code.verifier().orElse("")));
        return new TokenGrant(token, Optional.empty(), Optional.of("refresh-" + token), grants);
    }

    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        call("/me", Map.of());
        return new Identity(account, tenant, administrator, aliases);
    }

    @Override
    public TokenGrant refresh(TokenGrant grant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean canRevoke() {
        return canRevoke;
    }

    @Override
    public void revoke(TokenGrant grant) throws InterruptedException {
        beforeRevocation.run();
        call("/revoke", Map.of("token", grant.accessToken()));
    }

    @Override
    public Refusal refusal(String error, String description) {
        return switch (error) {
            case "access_denied" -> description.contains("POLICY") ? Refusal.BLOCKED_BY_POLICY : Refusal.DENIED;
            case "not_admin" -> Refusal.NOT_ADMINISTRATOR;
            case "wrong_account" -> Refusal.WRONG_ACCOUNT;
            default -> Refusal.OTHER;
        };
    }

    // ---- HTTP

    private String call(String path, Map<String, String> form) throws InterruptedException {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        HttpResponse<String> answer;
        try {
            answer = http.send(
                    HttpRequest.newBuilder(address)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw VendorCallException.of("POST " + path, 0).build();
        }
        if (answer.statusCode() != 200) {
            throw VendorCallException.of("POST " + path, answer.statusCode())
                    .code(answer.body())
                    .build();
        }
        return answer.body();
    }

    private interface Endpoint {
        /** Status and body. */
        String answer(Map<String, String> form);
    }

    private static void answer(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String[] answer = endpoint.answer(parameters(body)).split(" ", 2);
            byte[] bytes = answer[1].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer[0]), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    static Map<String, String> parameters(String query) {
        Map<String, String> found = new HashMap<>();
        Arrays.stream(query.split("&"))
                .map(p -> p.split("=", 2))
                .filter(p -> p.length == 2)
                .forEach(p -> found.put(p[0], URLDecoder.decode(p[1], StandardCharsets.UTF_8)));
        return found;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
