package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.sandbox.PageOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a sandbox was built; the first line of its log, and from then on unchangeable.
 *
 * @param seed everything that looks random (ids, passwords, tokens) follows from it
 * @param administrator the address that administers the customer's four providers
 * @param passwordSet whether the console's password of the opening mail was set already (COMMON-2)
 * @param twoFactorPrompt whether signing in shows the prompt of COMMON-4 once
 * @param redirects the redirect addresses registered for the own applications, besides the loopback
 * @param pages how the pages look and behave; plain in a log that does not say
 */
public record Setup(
        String scenario,
        int users,
        Edition edition,
        ConsoleSite site,
        String account,
        String company,
        String administrator,
        List<String> organisations,
        long seed,
        Instant start,
        boolean passwordSet,
        boolean twoFactorPrompt,
        List<URI> redirects,
        PageOptions pages) {
    private static final Duration QUICKEST = Duration.ofMinutes(5);
    private static final Duration SLOWEST = Duration.ofHours(4);
    private static final int SMALL = 1_000;
    private static final int LARGE = 10_000;

    public Setup {
        organisations = List.copyOf(organisations);
        redirects = List.copyOf(redirects);
        pages = Objects.requireNonNullElse(pages, PageOptions.plain());
        if (edition == Edition.AUTO) {
            throw new IllegalArgumentException("a console shows one edition, never AUTO");
        }
        if (users < 1 || organisations.isEmpty()) {
            throw new IllegalArgumentException("a sandbox needs at least one user and one organisation");
        }
    }

    public Secrets secrets() {
        return new Secrets(seed);
    }

    /** The organisation that every console is born with, renamed or not. */
    public String firstOrganisation() {
        return organisations.get(0);
    }

    /** The customer's name at a provider: Box's enterprise, Dropbox's team, Google's customer, Microsoft's tenant. */
    public String tenant(CloudService.Provider provider) {
        return tenant(secrets(), provider);
    }

    /** Where somebody of another company belongs. */
    String strangersTenant(CloudService.Provider provider) {
        return tenant(new Secrets(~seed), provider);
    }

    private static String tenant(Secrets secrets, CloudService.Provider provider) {
        return switch (provider) {
            case BOX -> secrets.number("box/enterprise");
            case DROPBOX -> "dbtid:AA" + secrets.hex("dropbox/team", 32);
            case GOOGLE -> "C0" + secrets.hex("google/customer", 7);
            case MICROSOFT365 -> secrets.guid("tenant");
        };
    }

    /** COMMON-11: 3 to 4 hours at 10,000 users and more; ours below that, since the vendor gives no figure. */
    public Duration synchronisation() {
        if (users <= SMALL) {
            return QUICKEST;
        }
        if (users >= LARGE) {
            return SLOWEST;
        }
        long extra = SLOWEST.minus(QUICKEST).toSeconds() * (users - SMALL) / (LARGE - SMALL);
        return QUICKEST.plusSeconds(extra);
    }

    /** COMMON-9, M365-4: in the manuals' console the Teams wizard stays open until 完了, in today's only with the trait. */
    public boolean waitsForDone(CloudService service) {
        return service == CloudService.MICROSOFT_TEAMS
                && (edition == Edition.CONSOLE_2024_04 || pages.has(PageOptions.Trait.TEAMS_APP_ID));
    }
}
