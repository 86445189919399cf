package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.microsoft365.internal.KnownPermissions;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.StepContext;
import java.util.List;
import java.util.Locale;

/** The grant of M365-1 in the words of the console's edition. */
final class ConsoleGrant {
    private static final Class<?> TEXTS = Microsoft365Provisioners.class;

    private ConsoleGrant() {}

    /** @param key of the texts: alone, or with {@code -2024-07} and {@code -policies} as they apply */
    static ActionTemplate template(String key, CloudService service, StepContext context) {
        boolean today = context.edition() == Edition.CONSOLE_2024_07;
        List<String> policies = context.policies(); // COMMON-7: none is valid
        return ActionTemplate.change(
                TEXTS,
                key + (today ? "-2024-07" : "") + (policies.isEmpty() ? "" : "-policies"),
                context.customer().organisation(),
                service.label(Locale.ENGLISH), // the same in every language
                permissions(service),
                String.join(" / ", policies));
    }

    /** What the vendor's app asks for, as published for today's service; nobody publishes it for each edition. */
    static String permissions(CloudService service) {
        return String.join(", ", KnownPermissions.of(service));
    }
}
