package io.github.kaitsu.vendor;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.github.kaitsu.Statement;
import io.github.kaitsu.provision.Mender;
import io.github.kaitsu.provision.ProbeResult;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's API refused a call or could not be reached.
 *
 * <p>Its message says nothing but what a log may hold: the operation, the status, the vendor's error code, the request's id.
 * Neither bodies nor headers nor addresses with queries get in, so tokens cannot; it has no cause for the same reason, since the
 * vendors' own exceptions print requests. What the vendor said in a sentence is for people, in {@link #words}. Immutable.
 */
public final class VendorCallException extends RuntimeException {
    /** The code of an exception: the vendor answered with something that is not its answer. */
    public static final String MALFORMED = "malformed_answer";

    private static final long serialVersionUID = 1L;
    /** A code or id of a vendor; anything else may be a sentence with who knows what in it. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/-]{1,80}");

    /** A code with a sentence behind it. */
    private static final Pattern WORD_BEFORE = Pattern.compile("([A-Za-z][A-Za-z0-9._/-]{1,80}): .*", Pattern.DOTALL);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);
    private static final String GONE = "invalid_grant";

    private final String operation;
    private final int status;
    private final @Nullable String code;
    private final String words;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;
    private final boolean retryable;
    private final @Nullable Refusal refusal;
    private final String app;
    private final @Nullable String detail;

    private VendorCallException(Builder b) {
        super(describe(b));
        this.operation = b.operation;
        this.status = b.status;
        this.code = b.code;
        this.words = b.words;
        this.requestId = b.requestId;
        this.retryAfter = b.retryAfter;
        this.retryable = b.retryable;
        this.refusal = b.refusal;
        this.app = b.app;
        this.detail = b.detail;
    }

    /**
     * Begins one.
     *
     * @param operation method and path without query: {@code GET /2.0/users/me}
     * @param status the HTTP status, 0 if no answer came
     */
    public static Builder of(String operation, int status) {
        return new Builder(operation, status);
    }

    /** Begins one: an answer came, and is not the one that was asked for. A read may be repeated; what was spent may not. */
    public static Builder malformed(String operation) {
        return of(operation, HTTP_OK).code(MALFORMED).retryable(true);
    }

    /** Our own grant cannot be used any more; nobody was asked. */
    public static VendorCallException gone(String operation) {
        return of(operation, 0).code(GONE).retryable(false).build();
    }

    /** What was called, such as {@code GET /users/me}; without a secret. */
    public String operation() {
        return operation;
    }

    /** The HTTP status, 0 if no answer came. */
    public int status() {
        return status;
    }

    /** The vendor's error code: {@code rate_limit_exceeded}. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** What the vendor said besides in plain text or a header, without what was sent to it; empty if it said nothing so. */
    public String words() {
        return words;
    }

    /** What the vendor's support asks for. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** How long the vendor asks to be left alone, at most a day, always positive. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the same call may succeed in a moment. */
    public boolean retryable() {
        return retryable;
    }

    /** The vendor's own code behind the error, for its support: {@code AADSTS50173}. */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    /** What it means, where that is known: of a token endpoint always, unless there was no answer to understand. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Whether the vendor said that the grant itself is gone (RFC 6749 §5.2), and did not mean something else by it. */
    public boolean grantGone() {
        return GONE.equals(code) && (refusal == null || refusal == Refusal.EXPIRED || refusal == Refusal.OTHER);
    }

    /** Whether no token was to be had: then nothing that was to be read is to blame. */
    public boolean withoutToken() {
        return grantGone() || (refusal != null && refusal != Refusal.NO_RIGHTS);
    }

    /**
     * Whether connecting again is what helps: the grant is gone, somebody has to sign in, or a token is refused and nothing more
     * is known.
     */
    public boolean authorizationLost() {
        return grantGone() || (refusal == null ? status == HTTP_UNAUTHORIZED : refusal.mender() == Mender.PERSON);
    }

    /**
     * The same, with what it means.
     *
     * @param client which app of ours was refused; empty if that is not known
     */
    public VendorCallException meaning(Refusal why, String client) {
        Builder same = of(operation, status)
                .code(code)
                .words(words)
                .requestId(requestId)
                .retryable(retryable)
                .detail(detail)
                .refusal(why);
        same.retryAfter = retryAfter;
        same.app = client;
        return same.build();
    }

    /**
     * What a probe makes of it where nothing more is known: access lost if connecting again helps, refused if somebody else must
     * mend it, no access if our own app may not read, not before the time the vendor names, else unclear. A 403 that may be
     * retried is no lack of access: at Google a spent quota is one.
     */
    public ProbeResult asLook(Instant now) {
        if (authorizationLost()) {
            return new ProbeResult.AccessLost(statement());
        }
        if (refusal == Refusal.NO_RIGHTS || (status == HTTP_FORBIDDEN && !retryable && refusal == null)) {
            return new ProbeResult.NoAccess(statement());
        }
        if (refusal != null && refusal != Refusal.PASSING) {
            return new ProbeResult.Refused(refusal.mender(), app, statement());
        }
        return retryAfter()
                .<ProbeResult>map(wait -> new ProbeResult.NotBefore(now.plus(wait), statement()))
                .orElseGet(() -> new ProbeResult.Unclear(statement()));
    }

    /** What happened, as data: operation, status, the vendor's error code, its most exact one, and its words. */
    public Statement statement() {
        if (status == 0) {
            return Statement.of("vendor-silent", operation);
        }
        return Statement.of("vendor-refused", operation, status)
                .quoting(Stream.of(detail().or(this::code).orElse(""), words)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(": ")));
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    private static String describe(Builder b) {
        StringBuilder text = new StringBuilder(b.operation).append(": ");
        text.append(b.status == 0 ? "no answer" : "status " + b.status);
        if (b.code != null) {
            text.append(' ').append(b.code);
        }
        if (b.detail != null && !b.detail.equals(b.code)) {
            text.append(' ').append(b.detail);
        }
        if (b.requestId != null) {
            text.append(" (request ").append(b.requestId).append(')');
        }
        return text.toString();
    }

    /** A date as headers write it (RFC 9110 §5.6.7, the RFC 1123 form). */
    static Optional<Instant> date(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final String operation;
        private final int status;
        private @Nullable String code;
        private String words = "";
        private @Nullable String requestId;
        private @Nullable Duration retryAfter;
        private boolean retryable;
        private @Nullable Refusal refusal;
        private String app = "";
        private @Nullable String detail;

        private Builder(String operation, int status) {
            this.operation = operation;
            this.status = status;
            this.retryable = switch (status) {
                case 0, 408, 429, 500, 502, 503, 504 -> true;
                default -> false;
            };
        }

        /** Kept only as far as it is one word, whole or before a colon: a sentence of the vendor's may quote what was sent. */
        public Builder code(@Nullable String word) {
            this.code = word(word);
            return this;
        }

        /** The vendor's own code behind the error; kept only if it is one word. */
        public Builder detail(@Nullable String word) {
            this.detail = word(word);
            return this;
        }

        /** What it means. Default: not known. */
        public Builder refusal(Refusal why) {
            this.refusal = why;
            return this;
        }

        /** For people alone; must not hold what was sent, as {@link VendorAnswer#words} does not. */
        public Builder words(String sentence) {
            this.words = sentence;
            return this;
        }

        /** Kept only if it is one word. */
        public Builder requestId(@Nullable String word) {
            this.requestId = word(word);
            return this;
        }

        /**
         * Reads a {@code Retry-After} header in both its forms, seconds and HTTP-date (RFC 9110 §10.2.3, the RFC 1123 form).
         * What is nought, negative, past or garbage is ignored; more than a day counts as a day.
         *
         * @param header null if there is none
         */
        public Builder retryAfter(@Nullable String header, Instant now) {
            this.retryAfter = header == null ? null : parse(header.strip(), now);
            return this;
        }

        /** Default: by the status; no answer, 408, 429 and the usual 5xx may be retried. */
        public Builder retryable(boolean may) {
            this.retryable = may;
            return this;
        }

        /** Builds it. */
        public VendorCallException build() {
            return new VendorCallException(this);
        }

        private static @Nullable String word(@Nullable String text) {
            if (text == null) {
                return null;
            }
            Matcher before = WORD_BEFORE.matcher(text);
            String word = before.matches() ? before.group(1) : text;
            return WORD.matcher(word).matches() ? word : null;
        }

        private static @Nullable Duration parse(String header, Instant now) {
            Duration wait;
            if (SECONDS.matcher(header).matches()) {
                wait = Duration.ofSeconds(Long.parseLong(header));
            } else {
                Optional<Instant> then = date(header);
                if (then.isEmpty()) {
                    return null;
                }
                wait = Duration.between(now, then.get());
            }
            if (wait.isNegative() || wait.isZero()) {
                return null;
            }
            return wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
        }
    }
}
