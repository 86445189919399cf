package io.github.kaitsu.operator;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.StepId;
import io.github.kaitsu.text.Texts;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whose work a step is: the persons of a customer are told apart by what they administer, and the agenda is made by them. */
public enum Role {
    /** The console's administrator. */
    CONSOLE,
    /** The administrator of Box; like the other providers' also the one who grants access to it in the console. */
    BOX,
    /** The administrator of Dropbox. */
    DROPBOX,
    /** The administrator of Google Workspace. */
    GOOGLE,
    /** The administrator of Microsoft 365. */
    MICROSOFT365,
    /** Whoever runs the own app: no customer's person. */
    HOST;

    /** What of a service's steps only the console is needed for; a grant needs the console and the provider's administrator. */
    private static final Set<String> OF_CONSOLE =
            Set.of("console", "linked", "protected", "finish", "remove", "clear-pending", "own-text");

    private static final String OWN_APP = "app";

    /** Whose work a step is; the console's administrator's unless its name says otherwise. */
    public static Role of(StepId step) {
        String name = step.value();
        String subject = name.substring(0, Math.max(name.indexOf('.'), 0));
        String task = name.substring(name.lastIndexOf('.') + 1);
        if (subject.equals(OWN_APP)) {
            return HOST;
        }
        return OF_CONSOLE.contains(task)
                ? CONSOLE
                : CloudService.parse(subject)
                        .map(service -> of(service.provider()))
                        .or(() -> parse(task)) // of a provider as a whole: connect.google
                        .orElse(CONSOLE);
    }

    /** The administrator of a provider. */
    public static Role of(CloudService.Provider provider) {
        return valueOf(provider.name());
    }

    /** The provider that it administers; empty for the others. */
    public Optional<CloudService.Provider> provider() {
        return Arrays.stream(CloudService.Provider.values())
                .filter(p -> p.name().equals(name()))
                .findFirst();
    }

    /** The lower-case name, for command lines and addresses: {@code microsoft365}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role as its vendor calls it. */
    public String label(Locale locale) {
        return Texts.load(Texts.class, "actions", locale).get("role." + id());
    }

    /** Finds a role by its id or enum name, ignoring case and surrounding space. */
    public static Optional<Role> parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(r -> r.id().equals(wanted)).findFirst();
    }
}
