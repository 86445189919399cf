package io.github.kaitsu.consent;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.internal.AnswerPage;
import io.github.kaitsu.consent.internal.CodeFlow;
import io.github.kaitsu.consent.internal.CodeFlow.Answered;
import io.github.kaitsu.consent.internal.Listener;
import io.github.kaitsu.consent.internal.Listener.Reply;
import io.github.kaitsu.consent.internal.Redirect;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes the answer of a consent on this machine, for a program beside the administrator's browser (RFC 8252 §7.3). Thread-safe.
 *
 * <p>Open it first, since the redirect address needs its port; {@linkplain ConsentClient#begin begin} the consent with
 * {@link #redirectUri}; show the address; {@link #await await} the outcome; close. It listens on loopback addresses alone.
 * Strangers get 404, a wrong state is refused on a page, and in both cases it goes on waiting. The page says how the consent
 * ended and what to do next, in the browser's language.
 *
 * <p>A pasted address may race with it: give that to {@link #paste}. Of both the first counts.
 */
public final class LoopbackReceiver implements AutoCloseable {
    private final ConsentClient client;
    private final Listener listener;
    private final Map<String, CompletableFuture<Waited>> waits = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** What came of waiting. */
    public sealed interface Waited {
        /** The answer came, here or pasted. */
        record Answered(ConsentOutcome outcome) implements Waited {}

        /** It did not come in time. The consent still waits: await it again, or complete it from anywhere. */
        record TimedOut() implements Waited {}

        /** The receiver was closed. The consent still waits and may be completed from anywhere. */
        record Cancelled() implements Waited {}
    }

    private LoopbackReceiver(Builder builder) {
        this.client = builder.client;
        this.listener = Listener.open(builder.wanted, builder.language, this::answer);
    }

    /** A receiver for {@code http://127.0.0.1:<any port>/callback}, in English where the browser asks for no language. */
    public static LoopbackReceiver open(ConsentClient client) {
        return builder(client).open();
    }

    /** Begins one whose port, path and language may be chosen. */
    public static Builder builder(ConsentClient client) {
        return new Builder(client);
    }

    /** Where the vendor must send the browser, with the port it listens on. */
    public URI redirectUri() {
        return listener.redirectUri();
    }

    /**
     * Waits until the consent is answered. Of one that was answered before it says so at once.
     *
     * @param longest how long, in real time
     * @throws KaitsuException what the credential store threw while an answer was being used
     */
    public Waited await(PendingConsent pending, Duration longest) throws InterruptedException {
        CompletableFuture<Waited> wait = waits.computeIfAbsent(pending.id(), id -> new CompletableFuture<>());
        if (closed) {
            wait.complete(new Waited.Cancelled()); // also if it was closed between the two lines above
        }
        try {
            return wait.get(TimeUnit.NANOSECONDS.convert(longest), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Waited.TimedOut();
        } catch (ExecutionException e) {
            waits.remove(pending.id(), wait); // said once; the next call waits anew
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }

    /**
     * Completes a consent with the address that a person pasted, as {@link ConsentClient#complete(String, String)}, and tells
     * whoever waits for it.
     */
    public ConsentOutcome paste(PendingConsent pending, String pasted) throws InterruptedException {
        Answered answered = client.answer(pending.id(), pasted);
        end(answered);
        return answered.outcome();
    }

    // ---- what comes in

    private Reply answer(URI returned, Locale language) {
        try {
            Answered answered = client.answer(returned);
            return new Reply(AnswerPage.of(answered.outcome(), language), () -> end(answered));
        } catch (KaitsuException e) {
            return e.code() == ErrorCode.INVALID_CALLBACK
                    ? new Reply(AnswerPage.refused(e, language), () -> {})
                    : failed(returned, e, e, language);
        } catch (RuntimeException e) {
            return failed(returned, KaitsuException.because(e, ErrorCode.INTERNAL, ""), e, language);
        } catch (InterruptedException e) { // nobody interrupts these threads
            Thread.currentThread().interrupt();
            return failed(returned, KaitsuException.of(ErrorCode.INTERNAL, ""), new IllegalStateException(e), language);
        }
    }

    private Reply failed(URI returned, KaitsuException shown, RuntimeException thrown, Locale language) {
        return new Reply(
                AnswerPage.failed(shown, language),
                () -> CodeFlow.idOf(returned).ifPresent(id -> waitFor(id).completeExceptionally(thrown)));
    }

    private void end(Answered answered) {
        answered.id().ifPresent(id -> waitFor(id).complete(new Waited.Answered(answered.outcome())));
    }

    /** A failure is not the end: after it the answer may come again. */
    private CompletableFuture<Waited> waitFor(String id) {
        return Objects.requireNonNull(waits.compute(
                id, (i, wait) -> wait == null || wait.isCompletedExceptionally() ? new CompletableFuture<>() : wait));
    }

    /** Stops listening. Whoever still waits gets {@link Waited.Cancelled}. */
    @Override
    public void close() {
        closed = true;
        listener.close();
        waits.values().forEach(wait -> wait.complete(new Waited.Cancelled()));
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final ConsentClient client;
        private URI wanted = URI.create("http://127.0.0.1:0/callback");
        private Locale language = Locale.ENGLISH;

        private Builder(ConsentClient client) {
            this.client = client;
        }

        /**
         * Which address to listen on, as registered with the app: http, the host 127.0.0.1, [::1] or localhost, and the path. Port
         * 0, or none, is any free one, for vendors who allow that. With localhost it listens on both addresses, or on none.
         *
         * @throws KaitsuException INVALID_REQUEST if it is another address
         */
        public Builder redirectUri(URI address) {
            Redirect.check(address);
            if (!"http".equalsIgnoreCase(address.getScheme())) {
                throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "redirect");
            }
            this.wanted = address;
            return this;
        }

        /** For browsers that ask for none of ours. Default: English. */
        public Builder language(Locale locale) {
            this.language = locale;
            return this;
        }

        /**
         * Begins to listen.
         *
         * @throws KaitsuException IO_ERROR if the port is taken at one of the addresses
         */
        public LoopbackReceiver open() {
            return new LoopbackReceiver(this);
        }
    }
}
