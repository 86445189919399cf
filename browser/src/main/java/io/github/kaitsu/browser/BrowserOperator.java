package io.github.kaitsu.browser;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.browser.internal.BrowserPool;
import io.github.kaitsu.browser.internal.Chrome;
import io.github.kaitsu.browser.internal.Drivers;
import io.github.kaitsu.browser.internal.Reply;
import io.github.kaitsu.browser.internal.Settings;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Performs actions in a visible Chrome while a person watches and does what must stay theirs: passwords, codes, and every button
 * that binds the customer. Looks first; where the goal of an action holds already, answers without acting. A page that is not as
 * expected is not touched: the action is handed back with a picture, and a person gets it.
 *
 * <p>{@link #offer} only queues; nothing happens until somebody calls {@link #performOne}. The queue is thread-safe; perform always
 * from one and the same thread, which is also the one to close in. Each customer has a browser profile of its own, never shared.
 */
public final class BrowserOperator implements Operator, AutoCloseable {
    private static final StepId SIGN_IN_AGAIN = new StepId("console.sign-in-again");

    private final Drivers drivers = new Drivers();
    private final Deque<OperatorAction> todo = new ArrayDeque<>();
    private final BrowserPool crew;
    private boolean stopped;

    private BrowserOperator(BrowserPool crew) {
        this.crew = crew;
    }

    /** Begins one; a folder is required, and on this machine a Chrome or Chromium. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Attention attention() {
        return Attention.MACHINE;
    }

    /** Only what it has learnt, never what was handed back, and nothing once the person has stopped it. */
    @Override
    public synchronized boolean accepts(OperatorAction action) {
        return !stopped && action.handedBack().isEmpty() && drivers.of(action).isPresent();
    }

    @Override
    public synchronized void offer(OperatorAction action) {
        withdraw(action.activation(), action.id()); // offered again after a restart
        todo.addLast(action);
    }

    @Override
    public synchronized void withdraw(ActivationId activation, ActionId action) {
        todo.removeIf(a -> a.activation().equals(activation) && a.id().equals(action));
    }

    /** What would be performed next. */
    public synchronized Optional<OperatorAction> next() {
        return stopped ? Optional.empty() : Optional.ofNullable(todo.peekFirst());
    }

    /** Whether the person pressed the banner's button that stops the browser. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    /**
     * Performs the oldest action that can be performed now, and answers it; that it was closed meanwhile is no harm. Blocks while a
     * page is awaited, and while the person is; but whoever must sign in again long after is only looked out for, a second a call.
     *
     * <p>Once the person has stopped the browser, everything it still had is handed back.
     *
     * @return whether anything was answered
     * @throws KaitsuException BROWSER_UNAVAILABLE; the action stays in the queue
     */
    public boolean performOne(ActivationClient client) {
        for (OperatorAction action : todo()) {
            boolean waits = !action.step().equals(SIGN_IN_AGAIN);
            BrowserPool.Outcome outcome =
                    crew.perform(action, drivers.of(action).orElseThrow(), waits);
            if (outcome instanceof BrowserPool.Outcome.Answered answered) {
                answer(client, action, answered.reply());
                return true;
            } else if (outcome instanceof BrowserPool.Outcome.Stopped) {
                stop(client);
                return true;
            }
        }
        return false;
    }

    /** Whether an action waits for the person in front of the window, who may come at any time. */
    public synchronized boolean awaitsPerson() {
        return todo.stream().anyMatch(a -> a.step().equals(SIGN_IN_AGAIN));
    }

    private synchronized List<OperatorAction> todo() {
        return stopped ? List.of() : List.copyOf(todo);
    }

    private void stop(ActivationClient client) {
        List<OperatorAction> left = todo();
        synchronized (this) {
            stopped = true;
        }
        left.forEach(action -> answer(client, action, new Reply(crew.stopped(), true)));
    }

    /** What it has only pressed is its word; what it has read off a page is more. */
    private void answer(ActivationClient client, OperatorAction action, Reply reply) {
        try {
            if (reply.isRead()) {
                client.answerAsRead(this, action.activation(), action.id(), reply.answer());
            } else {
                client.answer(action.activation(), action.id(), reply.answer());
            }
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.ACTION_GONE) {
                throw e;
            }
        }
        withdraw(action.activation(), action.id());
    }

    /** Closes the browsers, and wipes their profiles unless they are to be kept. The records stay. */
    @Override
    public void close() {
        crew.close();
    }

    /** How a browser is set up. Not thread-safe. */
    public static final class Builder {
        private @Nullable Path chrome;
        private @Nullable Path folder;
        private boolean headless;
        private boolean keepProfiles;
        private Locale language = Locale.JAPANESE;
        private UnaryOperator<URI> addresses = UnaryOperator.identity();
        private WindowPerson person = WindowPerson.human();
        private final Map<CloudService.Provider, String> administrators = new EnumMap<>(CloudService.Provider.class);
        private Clock clock = Clock.systemUTC();
        private Duration pagePatience = Duration.ofSeconds(15);
        private Duration personPatience = Duration.ofMinutes(15);
        private String by = "supervised browser";

        private Builder() {}

        /** The browser's program; else the installed one is looked for. */
        public Builder chrome(Path value) {
            chrome = value;
            return this;
        }

        /** Where profiles and records lie. Only the owner gets access. Required. */
        public Builder folder(Path value) {
            folder = value;
            return this;
        }

        /** Without a window: for tests with a {@link WindowPerson} of their own, since nobody could take part. */
        public Builder headless(boolean value) {
            headless = value;
            return this;
        }

        /** Leaves the customers' sessions in the folder at the end; else they are wiped. */
        public Builder keepProfiles(boolean value) {
            keepProfiles = value;
            return this;
        }

        /** The language of pages and banner, Japanese or English. */
        public Builder language(Locale value) {
            language = value;
            return this;
        }

        /** Where a real address is opened: for a sandbox that stands for the real hosts. */
        public Builder addresses(UnaryOperator<URI> value) {
            addresses = value;
            return this;
        }

        /** Who sits at the window. Default: a person, who sees the banner and needs no telling. */
        public Builder person(WindowPerson value) {
            person = value;
            return this;
        }

        /** The account name of a provider's administrator, no secret: entered where the provider asks for it. */
        public Builder administrator(CloudService.Provider provider, String account) {
            administrators.put(provider, account);
            return this;
        }

        /** For the times of the record and of readings. Default: the system's. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** How long a page may take to show what is expected. */
        public Builder pagePatience(Duration value) {
            pagePatience = value;
            return this;
        }

        /** How long a person may take for one thing. */
        public Builder personPatience(Duration value) {
            personPatience = value;
            return this;
        }

        /** The name that every answer bears. */
        public Builder by(String value) {
            by = value;
            return this;
        }

        /**
         * Looks for the browser; it is started with the first action.
         *
         * @throws KaitsuException BROWSER_UNAVAILABLE if none is found
         */
        public BrowserOperator build() {
            if (folder == null) {
                throw new IllegalStateException("a browser needs a folder");
            }
            Path program = Optional.ofNullable(chrome)
                    .or(() -> Chrome.find(System.getenv()))
                    .orElseThrow(() -> KaitsuException.of(ErrorCode.BROWSER_UNAVAILABLE, "missing"));
            Settings settings =
                    new Settings(addresses, person, administrators, clock, language, pagePatience, personPatience, by);
            return new BrowserOperator(new BrowserPool(program, folder, headless, keepProfiles, settings));
        }
    }
}
