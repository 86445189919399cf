package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleSite;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the words of the command line; an unknown one is refused with the error code that belongs to it. */
final class CommandWords {
    private static final String ALL = "all";

    private CommandWords() {}

    static List<CloudService> services(String text) {
        List<CloudService> services = new ArrayList<>();
        for (String name : list(text)) {
            if (name.equalsIgnoreCase(ALL)) {
                services.addAll(CloudService.standard());
                continue;
            }
            CloudService service =
                    CloudService.parse(name).orElseThrow(() -> KaitsuException.of(ErrorCode.UNKNOWN_SERVICE, "", name));
            if (service == CloudService.TEAMS_CHAT) {
                throw KaitsuException.of(ErrorCode.SERVICE_REFUSED, ""); // M365-3
            }
            services.add(service);
        }
        if (services.isEmpty()) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "services");
        }
        return services.stream().distinct().toList();
    }

    static CloudService.Provider provider(String text) {
        return Arrays.stream(CloudService.Provider.values())
                .filter(p -> id(p).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> KaitsuException.of(ErrorCode.UNKNOWN_PROVIDER, "", text));
    }

    static String id(CloudService.Provider provider) {
        return provider.name().toLowerCase(Locale.ROOT);
    }

    static ConsoleSite site(String text) {
        return ConsoleSite.parse(text).orElseThrow(() -> KaitsuException.of(ErrorCode.UNKNOWN_SITE, "", text));
    }

    static Edition edition(String text) {
        return Edition.parse(text).orElseThrow(() -> KaitsuException.of(ErrorCode.UNKNOWN_EDITION, "", text));
    }

    /** The names between commas. */
    static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    static int users(String text) {
        String digits = text.strip();
        if (!digits.matches("[1-9][0-9]{0,6}") || Integer.parseInt(digits) > SandboxOptions.MOST_USERS) {
            throw Refusal.usage("users", text, SandboxOptions.MOST_USERS);
        }
        return Integer.parseInt(digits);
    }

    static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException e) {
            throw Refusal.usage("time", text);
        }
    }

    /** Every console's organisation is called the same, so the company comes first where it is known. */
    static String customer(Optional<String> company, String organisation) {
        return company.map(name -> name + " / " + organisation).orElse(organisation);
    }
}
