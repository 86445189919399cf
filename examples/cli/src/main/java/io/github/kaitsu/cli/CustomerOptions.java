package io.github.kaitsu.cli;

import io.github.kaitsu.CustomerId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom it is about. */
final class CustomerOptions {
    /** The account of the manuals. */
    static final String MANUALS_ACCOUNT = "CAS0001";

    @Option(names = "--site", paramLabel = "SITE")
    private String site = "JP";

    @Option(names = "--account", paramLabel = "NAME")
    private @Nullable String account;

    @Option(names = "--organisation", paramLabel = "NAME")
    private String organisation = CustomerId.DEFAULT_ORGANISATION;

    /** A customer nobody may mix up with another. */
    CustomerId required() {
        CustomerId named = named(MANUALS_ACCOUNT); // tells of a wrong site or organisation first
        if (account == null) {
            throw Refusal.usage("account");
        }
        return named;
    }

    /** A customer for trying out: without an account the one of the manuals. */
    CustomerId orManuals() {
        return named(MANUALS_ACCOUNT);
    }

    boolean isGiven() {
        return account != null;
    }

    private CustomerId named(String otherwise) {
        return new CustomerId(CommandWords.site(site), account == null ? otherwise : account, organisation);
    }
}
