package io.github.kaitsu.cli;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.sandbox.PageOptions;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether it happens in the embedded sandbox, and what is there. */
final class SandboxOptions {
    static final int MOST_USERS = 1_000_000;
    /** The tenant of the manuals (M365-5). */
    static final String ADMIN_SITE = "https://example-admin.sharepoint.com";

    @Option(names = "--sandbox")
    private boolean sandbox;

    @Option(names = "--users", paramLabel = "N")
    private @Nullable String users;

    @Option(names = "--scenario", paramLabel = "S")
    private @Nullable String scenario;

    boolean isWanted() {
        if (!sandbox && (users != null || scenario != null)) {
            throw Refusal.usage("sandbox-only", users != null ? "--users" : "--scenario");
        }
        return sandbox;
    }

    /** @param faithful whether pages ask for codes and the like, as they do of customers today */
    Sandbox.Builder of(CustomerId customer, Edition edition, boolean faithful) {
        return builder(customer, edition, faithful, users, scenario);
    }

    /** Whoever's it is going to be. */
    Sandbox.Builder ofAnyone() {
        return builder(Edition.AUTO, false, users, scenario);
    }

    static Sandbox.Builder builder(
            CustomerId customer, Edition edition, boolean faithful, @Nullable String users, @Nullable String scenario) {
        return builder(edition, faithful, users, scenario)
                .site(customer.site())
                .account(customer.account())
                .organisations(customer.organisation());
    }

    private static Sandbox.Builder builder(
            Edition edition, boolean faithful, @Nullable String users, @Nullable String scenario) {
        Sandbox.Builder builder = Sandbox.builder()
                .edition(edition == Edition.AUTO ? Edition.CONSOLE_2024_04 : edition) // the manuals' console
                .pages(faithful ? PageOptions.faithful() : PageOptions.plain());
        if (users != null) {
            builder.users(CommandWords.users(users));
        }
        if (scenario != null) {
            builder.scenario(Scenario.parse(scenario));
        }
        return builder;
    }
}
