package io.github.kaitsu.consent.internal;

import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.ActivationView.Explanation;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentOutcome.AppRefused;
import io.github.kaitsu.consent.ConsentOutcome.BlockedByPolicy;
import io.github.kaitsu.consent.ConsentOutcome.Denied;
import io.github.kaitsu.consent.ConsentOutcome.Expired;
import io.github.kaitsu.consent.ConsentOutcome.Granted;
import io.github.kaitsu.consent.ConsentOutcome.NotAdministrator;
import io.github.kaitsu.consent.ConsentOutcome.NotInTenant;
import io.github.kaitsu.consent.ConsentOutcome.ProviderError;
import io.github.kaitsu.consent.ConsentOutcome.SignInRequired;
import io.github.kaitsu.consent.ConsentOutcome.WrongAccount;
import io.github.kaitsu.text.CleanText;
import io.github.kaitsu.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the file {@code consent}. A text of one provider stands under {@code <outcome>.<PROVIDER>}, that of all others
 * under {@code <outcome>}; {0} is the provider's name.
 */
public final class ConsentWords {
    private ConsentWords() {}

    /** What an outcome means and what to do next. What a vendor wrote is made harmless for a terminal, not for HTML. */
    public static Explanation explain(ConsentOutcome outcome) {
        if (outcome instanceof Granted o) {
            return o.missing().isEmpty()
                    ? words("granted", o.provider(), o.account())
                    : words("granted-fewer", o.provider(), o.account(), String.join(", ", new TreeSet<>(o.missing())));
        } else if (outcome instanceof Denied o) {
            return words("denied", o.provider());
        } else if (outcome instanceof NotAdministrator o) {
            return coded("not-administrator", o.provider(), o.code());
        } else if (outcome instanceof BlockedByPolicy o) {
            return coded("blocked-by-policy", o.provider(), o.code());
        } else if (outcome instanceof NotInTenant o) {
            return coded("not-in-tenant", o.provider(), o.code());
        } else if (outcome instanceof SignInRequired o) {
            return coded("sign-in-required", o.provider(), o.code());
        } else if (outcome instanceof AppRefused o) {
            return coded("app-refused", o.provider(), o.code());
        } else if (outcome instanceof Expired o) {
            return words("expired", o.provider());
        } else if (outcome instanceof WrongAccount o) {
            return words(o.actual().isEmpty() ? "wrong-account-unnamed" : "wrong-account", o.provider(), o.actual());
        } else if (outcome instanceof ProviderError o) {
            return o.retryable()
                    ? words("provider-trouble", o.provider())
                    : coded("provider-error", o.provider(), o.code());
        }
        return words("state-mismatch", null);
    }

    /** With the vendor's own code behind it, which its support asks for. */
    private static Explanation coded(String outcome, CloudService.Provider provider, String code) {
        Explanation plain = words(outcome, provider);
        if (code.isEmpty()) {
            return plain;
        }
        Bilingual behind = both("code", "message", provider, code);
        return new Explanation(
                new Bilingual(
                        plain.message().ja() + behind.ja(), plain.message().en() + " " + behind.en()),
                plain.nextStep());
    }

    private static Explanation words(String outcome, CloudService.@Nullable Provider provider, String... arguments) {
        return new Explanation(
                both(outcome, "message", provider, arguments), both(outcome, "next", provider, arguments));
    }

    private static Bilingual both(
            String outcome, String part, CloudService.@Nullable Provider provider, String... arguments) {
        return new Bilingual(
                text(Locale.JAPANESE, outcome, part, provider, arguments),
                text(Locale.ENGLISH, outcome, part, provider, arguments));
    }

    private static String text(
            Locale language,
            String outcome,
            String part,
            CloudService.@Nullable Provider provider,
            String... arguments) {
        Texts texts = texts(language);
        String general = outcome + "." + part;
        if (provider == null) {
            return texts.get(general);
        }
        String special = outcome + "." + provider + "." + part;
        List<String> all = new ArrayList<>(List.of(texts.get("provider." + provider)));
        for (String argument : arguments) {
            all.add(CleanText.plain(argument));
        }
        return texts.format(texts.find(special).isPresent() ? special : general, all);
    }

    static Texts texts(Locale language) {
        return Texts.load(ConsentWords.class, "consent", language);
    }
}
