package io.github.kaitsu.sandbox;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.sandbox.internal.Access;
import io.github.kaitsu.sandbox.internal.Change;
import io.github.kaitsu.sandbox.internal.Ledger;
import io.github.kaitsu.sandbox.internal.PageFilter;
import io.github.kaitsu.sandbox.internal.Setup;
import io.github.kaitsu.sandbox.internal.Sites;
import io.github.kaitsu.sandbox.internal.World;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * One customer's console and the four providers behind it, as servers on 127.0.0.1 with ports of their own.
 *
 * <p>With a state folder everything that happens is on disk before its effect can be seen; a new sandbox on the same folder
 * goes on where the last one stopped or was killed, with the setup of the first. Passwords and tokens follow from the seed and
 * open nothing else. Thread-safe.
 */
public final class Sandbox implements AutoCloseable {
    private final Ledger ledger;
    private final Faults faults;
    private final SandboxClock clock;
    private final ExecutorService threads;
    private final Sites sites;

    private Sandbox(Ledger ledger, Faults faults, PageFilter filter, int firstPort) {
        this.ledger = ledger;
        this.faults = faults;
        this.clock = new SandboxClock(ledger);
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "kaitsu-sandbox");
            thread.setDaemon(true);
            return thread;
        });
        this.sites = new Sites(ledger, faults, clock, threads, filter, firstPort);
    }

    /** Begins one with the manuals' console in Japan, everything as it should be, on any free ports. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * What the sandbox of a state folder says happened to it, whether or not it is running; starts nothing, takes no lock.
     *
     * @return empty if no sandbox was ever started there
     * @throws KaitsuException {@code STORE_CORRUPT}, {@code IO_ERROR}
     */
    public static Optional<SandboxSummary> summary(Path folder) {
        return Optional.ofNullable(Ledger.peek(folder)).map(World::summary);
    }

    /** Grants, violations and hands-on counts, as the log tells them. */
    public SandboxSummary summary() {
        return ledger.read(World::summary);
    }

    /**
     * What the console's lists hold now, newest first: the truth that a reading of its pages can be compared with.
     *
     * @param locale Japanese or English
     */
    public List<ConsoleLine> consoleLines(Locale locale) {
        return ledger.read(world -> world.consoleLines(locale));
    }

    /** The sandbox's time. It stands still until it is moved; give it to the client, too. */
    public SandboxClock clock() {
        return clock;
    }

    /** Where to say what shall go wrong next. */
    public Faults faults() {
        return faults;
    }

    /** What goes otherwise than the manuals say. */
    public Scenario scenario() {
        return ledger.read(World::scenario);
    }

    /** Which screens the console shows. */
    public Edition edition() {
        return setup().edition();
    }

    /** How many users each provider has. */
    public int users() {
        return setup().users();
    }

    /** The console's site. */
    public ConsoleSite site() {
        return setup().site();
    }

    /** The console's organisations, by name. */
    public List<String> organisations() {
        return setup().organisations();
    }

    /** How the pages look and behave. */
    public PageOptions pages() {
        return setup().pages();
    }

    // ---- where the servers are

    /** The console and its sign-in; stands for clp.trendmicro.com, forgetpwd.trendmicro.com and the site's console. */
    public URI console() {
        return URI.create(sites.console());
    }

    /** Box for people: stands for account.box.com and app.box.com. */
    public URI box() {
        return URI.create(sites.box());
    }

    /** Box for programs: stands for api.box.com, paths beginning with {@code /2.0} and {@code /oauth2}. */
    public URI boxApi() {
        return URI.create(sites.boxApi());
    }

    /** Stands for www.dropbox.com. */
    public URI dropbox() {
        return URI.create(sites.dropbox());
    }

    /** Dropbox for programs: stands for api.dropboxapi.com. */
    public URI dropboxApi() {
        return URI.create(sites.dropboxApi());
    }

    /** Stands for accounts.google.com, admin.google.com and the Workspace Marketplace. */
    public URI google() {
        return URI.create(sites.google());
    }

    /** Google for programs: stands for oauth2, openidconnect, admin and the other hosts of googleapis.com. */
    public URI googleApi() {
        return URI.create(sites.googleApi());
    }

    /** Stands for login.microsoftonline.com and admin.microsoft.com. */
    public URI microsoft() {
        return URI.create(sites.microsoft());
    }

    /** Stands for graph.microsoft.com; its tokens come from {@link #microsoft()}. */
    public URI graph() {
        return URI.create(sites.graph());
    }

    /** The SharePoint admin site. */
    public URI sharePointAdmin() {
        return URI.create(sites.sharePoint());
    }

    // ---- who may sign in

    /** The console's account name, as in the opening mail. */
    public String account() {
        return setup().account();
    }

    /** The console's password that was set before the start, unless {@link Builder#passwordNotSet()} was called. */
    public String consolePassword() {
        return Access.consolePassword(setup());
    }

    /** The address that administers Box, Dropbox, Google Workspace and Microsoft 365. */
    public String administrator() {
        return setup().administrator();
    }

    /** The administrator's password at a provider. */
    public String password(CloudService.Provider provider) {
        return Access.password(setup(), provider);
    }

    /** What the administrator's phone shows now, for every page that asks for a code; good for a minute by the sandbox's clock. */
    public String code() {
        return ledger.read(Access::code);
    }

    /** The opening mail (COMMON-2) with the vendor's real hosts; sent one day before the start. */
    public String openingMail() {
        return Access.openingMail(setup());
    }

    /** The mail's password page on this sandbox's console. */
    public URI passwordPage() {
        return URI.create(sites.console() + Access.passwordPage(setup()));
    }

    // ---- the embedding team's own applications

    /** The id of the application that the embedding team has registered at a provider. */
    public String clientId(CloudService.Provider provider) {
        return Access.clientId(provider);
    }

    /** Its secret: at Box, and at Google, whose desktop clients have one that is none. Dropbox's and Microsoft's are public. */
    public Optional<String> clientSecret(CloudService.Provider provider) {
        return Access.clientSecret(setup(), provider);
    }

    /** The customer's name at a provider: Box's enterprise, Dropbox's team, Google's customer, Microsoft's tenant. */
    public String tenant(CloudService.Provider provider) {
        return setup().tenant(provider);
    }

    /**
     * The scope of a token for {@link #sharePointAdmin()}, to be given to {@link #mintTokens}: such a token is bought with a
     * certificate and no person's consent, and is another than Microsoft Graph's.
     */
    public String sharePointScope() {
        return Access.sharePointScope();
    }

    /**
     * Tokens as a consent of the administrator would bring them.
     *
     * @param scopes what they are good for; everything the application may read if none is named
     */
    public Tokens mintTokens(CloudService.Provider provider, String... scopes) {
        Map.Entry<String, String> tokens = Access.mint(ledger, provider, List.of(scopes));
        return new Tokens(tokens.getKey(), tokens.getValue());
    }

    /**
     * Takes back all that was granted to the own application so far, as the administrator may do in the provider's settings: every
     * token ends, and a refresh is answered with {@code invalid_grant}.
     */
    public void revokeGrants(CloudService.Provider provider) {
        Access.revokeGrants(ledger, provider);
    }

    // ---- what no page sees

    /**
     * Counts what a person did where no page can see it: copying a page, pasting a reading, answering.
     *
     * @param kind copies, pastes or answers; the pages themselves count clicks and fields
     * @param times how often; 0 is fine
     * @throws IllegalArgumentException for another kind, or a negative number
     */
    public void counted(HandsOn.Kind kind, int times) {
        if (kind == HandsOn.Kind.CLICKS || kind == HandsOn.Kind.FIELDS || times < 0) {
            throw new IllegalArgumentException("the pages count clicks and fields, and nothing is taken back");
        }
        if (times > 0) {
            ledger.record(new Change.Counted(kind, times));
        }
    }

    /**
     * An access and a refresh token. By the sandbox's clock the access token is good for an hour (Dropbox: four); the refresh
     * token at Box for 60 days and once, at Microsoft for 90 days, at Dropbox and Google until it is revoked.
     */
    public record Tokens(String accessToken, String refreshToken) {
        @Override
        public String toString() {
            return "Tokens[***]";
        }
    }

    /** Stops the servers and lets the folder go; what the log holds stays. */
    @Override
    public void close() {
        sites.close();
        threads.shutdownNow();
        ledger.close();
    }

    private Setup setup() {
        return ledger.read(World::setup);
    }

    /** How a sandbox is set up; every value has a default. Not thread-safe. */
    public static final class Builder {
        private static final int LAST_FIRST_PORT = 65_535 - 9;

        private Scenario scenario = Scenario.NONE;
        private int users = 50;
        private Edition edition = Edition.CONSOLE_2024_04;
        private ConsoleSite site = ConsoleSite.JP;
        private String account = "CAS0001";
        private String company = "見本株式会社";
        private String administrator = "admin@example.co.jp";
        private List<String> organisations = List.of("初期設定の組織");
        private long seed = 1;
        private Instant start = Instant.parse("2026-11-24T00:00:00Z");
        private boolean passwordSet = true;
        private boolean twoFactorPrompt;
        private PageOptions pages = PageOptions.plain();
        private List<URI> redirects = List.of(URI.create("https://app.example.com/oauth/callback"));
        private Faults faults = Faults.none();
        private PageFilter filter = PageFilter.NONE;
        private @Nullable Path folder;
        private int firstPort;

        private Builder() {}

        /** What goes otherwise than the manuals say. Default: nothing. */
        public Builder scenario(Scenario value) {
            scenario = value;
            return this;
        }

        /** Users of each provider; they decide how long a synchronisation takes (COMMON-11). */
        public Builder users(int value) {
            users = value;
            return this;
        }

        /** Which screens the console shows; {@link Edition#AUTO} is none. */
        public Builder edition(Edition value) {
            edition = value;
            return this;
        }

        /** The console's site. Default: Japan. */
        public Builder site(ConsoleSite value) {
            site = value;
            return this;
        }

        /** The console's account name. */
        public Builder account(String value) {
            account = value;
            return this;
        }

        /** The customer's company, as the opening mail names it. */
        public Builder company(String value) {
            company = value;
            return this;
        }

        /** The address of the administrator of the four providers. */
        public Builder administrator(String value) {
            administrator = value;
            return this;
        }

        /** The console's organisations; the first is the one it was born with. */
        public Builder organisations(String... names) {
            organisations = List.of(names);
            return this;
        }

        /** What ids, passwords and tokens follow from. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** The sandbox's time at its beginning. */
        public Builder start(Instant value) {
            start = value;
            return this;
        }

        /** The console's password is still to be set, by the opening mail's address. */
        public Builder passwordNotSet() {
            passwordSet = false;
            return this;
        }

        /** Shows the prompt 2要素認証設定を行う after the first sign-in (COMMON-4). */
        public Builder twoFactorPrompt() {
            twoFactorPrompt = true;
            return this;
        }

        /** How the pages look and behave. */
        public Builder pages(PageOptions value) {
            pages = value;
            return this;
        }

        /** For tests of whoever reads the pages. */
        Builder filter(PageFilter value) {
            filter = value;
            return this;
        }

        /**
         * Redirect addresses that the own applications have registered at each provider, compared whole; the loopback with any
         * port is registered always.
         */
        public Builder redirects(URI... values) {
            redirects = List.of(values);
            return this;
        }

        /** Trouble of the vendors' servers. Default: none. */
        public Builder faults(Faults value) {
            faults = value;
            return this;
        }

        /**
         * The console's port; the other nine servers have the nine after it, in the order in which this class names their addresses.
         * Default: any that are free.
         *
         * @throws IllegalArgumentException unless it is from 1 to 65526
         */
        public Builder ports(int first) {
            if (first < 1 || first > LAST_FIRST_PORT) {
                throw new IllegalArgumentException("no ports from " + first);
            }
            firstPort = first;
            return this;
        }

        /** Keeps the log here. If there is one already, its setup wins over this builder's. */
        public Builder state(Path value) {
            folder = value;
            return this;
        }

        /**
         * Starts the servers.
         *
         * @throws KaitsuException {@code STORE_BUSY} while another sandbox has the folder; {@code STORE_CORRUPT}; {@code IO_ERROR}, also
         *     for a port that is in use
         */
        public Sandbox start() {
            Setup setup = new Setup(
                    scenario.text(),
                    users,
                    edition,
                    site,
                    account,
                    company,
                    administrator,
                    organisations,
                    seed,
                    start,
                    passwordSet,
                    twoFactorPrompt,
                    redirects,
                    pages);
            Ledger ledger = folder == null ? Ledger.inMemory(setup) : Ledger.open(folder, setup);
            try {
                return new Sandbox(ledger, faults, filter, firstPort);
            } catch (RuntimeException e) {
                ledger.close();
                throw e;
            }
        }
    }
}
