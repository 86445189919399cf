package io.github.kaitsu.invite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.invite.internal.Fields;
import io.github.kaitsu.invite.internal.RateLimit;
import io.github.kaitsu.invite.internal.Replies;
import io.github.kaitsu.invite.internal.Words;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages behind the links: what one role of one run is asked, on a phone or a computer, with and without script. A handler for the
 * JDK's HTTP server; for any other server {@link #answer} takes a request and gives the reply. Thread-safe.
 *
 * <p>GET shows and never acts, HEAD as well, so that a mail scanner may open a link as often as it likes; only POST acts, and only
 * from a form that this browser was given. What is answered bears the invitation's name. A link that has expired, was used or was
 * revoked says so, and tells nothing else; one that was never minted is not told from a mistyped one. No page is stored, none tells
 * another site where it was, and all are smaller than 50 KB but the report.
 *
 * <p>The link's secret stands in the address: keep paths out of the server's access log, and serve it by HTTPS.
 */
public final class AdministratorPage implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(AdministratorPage.class);

    /** Where consents come back; no token is so short. */
    static final String CONSENT = "consent";

    static final String CONSENT_COOKIE = "kaitsu-consent";
    /** As long as a person may be kept waiting for the next page. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    final ActivationClient client;
    final Invitations invitations;
    final URI base;
    final Optional<ConsentClient> consents;
    final Consumer<ActivationId> answered;
    private final Function<HttpExchange, String> address;
    final BiFunction<CustomerId, URI, Optional<URI>> links;
    private final RateLimit visits;
    private final RateLimit misses;
    final RateLimit forms;
    final SecureRandom random = new SecureRandom();

    private AdministratorPage(Builder builder) {
        this.client = builder.client;
        this.invitations = builder.invitations;
        this.base = builder.base;
        this.consents = Optional.ofNullable(builder.consents);
        this.answered = builder.answered;
        this.address = builder.address;
        this.links = builder.links;
        this.visits = new RateLimit(300, Duration.ofMillis(250), builder.clock);
        this.misses = new RateLimit(20, Duration.ofSeconds(5), builder.clock);
        this.forms = new RateLimit(60, Duration.ofSeconds(1), builder.clock);
    }

    /**
     * A page for all runs of a client.
     *
     * @param base where it is served, as browsers see it: {@code https://host/path}; links are minted with the same
     * @throws IllegalArgumentException if it is no http or https address, or has a query, a fragment or a user
     */
    public static Builder builder(ActivationClient client, Invitations invitations, URI base) {
        return new Builder(client, invitations, base);
    }

    // ---- servers

    /** For the JDK's server, in a context whose path is that of the base address as the server sees it. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String context = exchange.getHttpContext().getPath().replaceAll("/+$", "");
            URI asked = exchange.getRequestURI();
            PageReply reply = answer(new PageRequest(
                    exchange.getRequestMethod(),
                    Objects.requireNonNullElse(asked.getRawPath(), "/").substring(context.length()),
                    Objects.requireNonNullElse(asked.getRawQuery(), ""),
                    name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)),
                    exchange.getRequestBody(),
                    address.apply(exchange)));
            reply.headers()
                    .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
            byte[] body = reply.body();
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Answers a request, whichever server it came to. Never throws for what is in it. */
    public PageReply answer(PageRequest request) throws IOException {
        Words words = Words.in(language(request, Locale.JAPANESE));
        PageReply reply;
        try {
            reply = reply(request, words);
        } catch (KaitsuException e) {
            LOG.error("the administrator's page cannot be shown: {}", e.code(), e);
            reply = Replies.notice(503, words, "failed");
        } catch (RuntimeException e) {
            LOG.error("the administrator's page cannot be shown", e);
            reply = Replies.notice(500, words, "failed");
        }
        return request.method().equals("HEAD") ? Replies.withoutBody(reply) : reply;
    }

    private PageReply reply(PageRequest request, Words words) throws IOException {
        if (!visits.takes(request.address())) {
            return Replies.notice(429, words, "many");
        }
        boolean isPost = request.method().equals("POST");
        if (!isPost && !request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Replies.notAllowed(words);
        }
        String[] path = request.path().split("/", 4);
        String token = path.length > 1 ? path[1] : "";
        String below = path.length > 2 ? path[2] : "";
        if (token.equals(CONSENT) && !isPost && path.length == 2) {
            return returned(request, words);
        }
        Optional<Invitation> invitation = path.length > 3 ? Optional.empty() : invitations.find(token);
        if (invitation.isEmpty()) {
            return misses.takes(request.address())
                    ? Replies.notice(404, words, "unknown")
                    : Replies.notice(429, words, "many");
        }
        return new LinkedPage(this, request, token, invitation.get()).reply(below, isPost);
    }

    /** The language that the address asks for, if it is one of ours. */
    static Locale language(PageRequest request, Locale otherwise) {
        return switch (Fields.parse(request.query()).one("lang")) {
            case "ja" -> Locale.JAPANESE;
            case "en" -> Locale.ENGLISH;
            default -> otherwise;
        };
    }

    static Optional<String> cookie(PageRequest request, String name) {
        String all = request.header().apply("Cookie").orElse("");
        for (String pair : all.split(";", 50)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                return Optional.of(pair.substring(equals + 1).strip().replaceAll("^\"|\"$", ""));
            }
        }
        return Optional.empty();
    }

    // ---- addresses and cookies

    /** An address below the base. */
    URI below(String path) {
        return URI.create(base.toString().replaceAll("/+$", "") + "/" + path);
    }

    String path(String token) {
        return Objects.requireNonNullElse(base.getRawPath(), "").replaceAll("/+$", "") + "/" + token;
    }

    String setCookie(String name, String value, String path, Duration life) {
        return name + "=" + value + "; Path=" + path + "; Max-Age=" + Math.max(life.toSeconds(), 0)
                + "; HttpOnly; SameSite=Lax" + ("https".equalsIgnoreCase(base.getScheme()) ? "; Secure" : "");
    }

    URI consentUri() {
        return below(CONSENT);
    }

    // ---- the way back from a vendor

    private PageReply returned(PageRequest request, Words words) {
        boolean isPerson = ConsentClient.isNavigation(
                request.method(), name -> request.header().apply(name).orElse(null));
        String[] begun = cookie(request, CONSENT_COOKIE).orElse("").split("\\.", 2);
        Optional<Invitation> invitation =
                isPerson && consents.isPresent() && begun.length == 2 ? invitations.find(begun[0]) : Optional.empty();
        Optional<URI> back = back(request.query());
        return invitation.isPresent() && back.isPresent()
                ? new LinkedPage(this, request, begun[0], invitation.get()).returned(begun[1], back.get())
                : Replies.notice(404, words, "unknown");
    }

    /** The vendor's answer as the browser called it; empty if it is no address, of which nothing may get into a log. */
    private Optional<URI> back(String query) {
        try {
            return Optional.of(new URI(consentUri() + "?" + query));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final ActivationClient client;
        private final Invitations invitations;
        private final URI base;
        private @Nullable ConsentClient consents;
        private Consumer<ActivationId> answered = this::waitALittle;
        private Function<HttpExchange, String> address =
                exchange -> exchange.getRemoteAddress().getAddress().getHostAddress();
        private BiFunction<CustomerId, URI, Optional<URI>> links = (customer, address) -> Optional.of(address);
        private Clock clock = Clock.systemUTC();

        private Builder(ActivationClient client, Invitations invitations, URI base) {
            boolean isWeb = "https".equalsIgnoreCase(base.getScheme()) || "http".equalsIgnoreCase(base.getScheme());
            if (!isWeb
                    || base.getHost() == null
                    || base.getRawQuery() != null
                    || base.getRawFragment() != null
                    || base.getRawUserInfo() != null) {
                throw new IllegalArgumentException("the page needs an address as https://host/path");
            }
            this.client = client;
            this.invitations = invitations;
            this.base = base;
        }

        /**
         * Asks for the consent to the own app, at the providers where this client has one. Register {@code <base>/consent} with the
         * app as its redirect address.
         */
        public Builder consents(ConsentClient some) {
            this.consents = some;
            return this;
        }

        /**
         * Told of every run that was answered, before the page is shown again: a process that advances runs by calls advances it
         * here, so that the next action is there at once. Default: a client that was started is waited for, at most two seconds.
         */
        public Builder answered(Consumer<ActivationId> what) {
            this.answered = what;
            return this;
        }

        private void waitALittle(ActivationId id) {
            if (client.isAdvancing()) {
                try {
                    client.awaitQuiet(id, MOMENT);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** Whose request it is, for hosts behind a proxy: by its header, if the proxy sets it. Default: the other end of the connection. */
        public Builder address(Function<HttpExchange, String> of) {
            this.address = of;
            return this;
        }

        /** Where links of actions lead instead, or that they lead nowhere: for runs in a sandbox. Default: as they are. */
        public Builder links(Function<URI, Optional<URI>> to) {
            return links((customer, address) -> to.apply(address));
        }

        /** As {@link #links(Function)}, where each customer has a sandbox of its own. */
        public Builder links(BiFunction<CustomerId, URI, Optional<URI>> to) {
            this.links = to;
            return this;
        }

        /** For the limits: the real time. Default: the system's. */
        public Builder clock(Clock some) {
            this.clock = some;
            return this;
        }

        /** The page; it serves requests at once, on as many threads as the server has. */
        public AdministratorPage build() {
            return new AdministratorPage(this);
        }
    }
}
