package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.microsoft365.internal.KnownPermissions;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.StepContext;
import java.util.Locale;

/** The grant of M365-1. */
final class ConsoleGrant {
    private static final Class<?> TEXTS = Microsoft365Provisioners.class;

    private ConsoleGrant() {}

    static ActionTemplate template(CloudService service, StepContext context) {
        return ActionTemplate.forConsole(
                TEXTS,
                service,
                context.policies(),
                context.customer().organisation(),
                service.label(Locale.ENGLISH), // the same in every language
                permissions(service));
    }

    /** What the vendor's app asks for, as published for today's service; nobody publishes it for each edition. */
    static String permissions(CloudService service) {
        return String.join(", ", KnownPermissions.of(service));
    }
}
