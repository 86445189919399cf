package io.github.kaitsu.consent;

import io.github.kaitsu.ActivationView.Explanation;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.internal.ConsentWords;
import java.util.Set;

/**
 * How a consent ended. Holds no secret, and of what a stranger could have written into the answer nothing but one harmless word.
 */
public sealed interface ConsentOutcome {
    /**
     * What it means and what to do next at this provider, in both languages; free of control characters, to be escaped for HTML
     * as any text.
     */
    default Explanation explanation() {
        return ConsentWords.explain(this);
    }

    /**
     * Consented; the grant is stored.
     *
     * @param missing what was asked and not granted: the looks that need it ask a person instead
     */
    record Granted(
            CustomerId customer,
            CloudService.Provider provider,
            String account,
            String tenant,
            Set<String> granted,
            Set<String> missing)
            implements ConsentOutcome {
        /** Keeps unmodifiable copies. */
        public Granted {
            granted = Set.copyOf(granted);
            missing = Set.copyOf(missing);
        }
    }

    /** The person said no. */
    record Denied(CloudService.Provider provider) implements ConsentOutcome {}

    /**
     * The account may not consent for the organisation, or does not administer it.
     *
     * @param code the vendor's own, empty if it sent none that says more
     */
    record NotAdministrator(CloudService.Provider provider, String code) implements ConsentOutcome {
        /** Where the vendor sent no code that says more. */
        public NotAdministrator(CloudService.Provider provider) {
            this(provider, "");
        }
    }

    /**
     * A rule of the organisation forbids it.
     *
     * @param code the vendor's own, empty if it sent none
     */
    record BlockedByPolicy(CloudService.Provider provider, String code) implements ConsentOutcome {
        /** Where the vendor sent no code. */
        public BlockedByPolicy(CloudService.Provider provider) {
            this(provider, "");
        }
    }

    /**
     * The organisation does not hold what the app needs: the app itself, a licence, a service.
     *
     * @param code the vendor's own, empty if it sent none
     */
    record NotInTenant(CloudService.Provider provider, String code) implements ConsentOutcome {}

    /**
     * The vendor wants somebody to sign in anew first: a second factor, a password, another sign-in.
     *
     * @param code the vendor's own, empty if it sent none
     */
    record SignInRequired(CloudService.Provider provider, String code) implements ConsentOutcome {}

    /**
     * The app itself is not accepted, at no customer's: its secret, its registration. Whoever runs it must mend that; no customer can.
     *
     * @param code the vendor's own, empty if it sent none
     */
    record AppRefused(CloudService.Provider provider, String code) implements ConsentOutcome {}

    /** The answer came too late, or the vendor says that it was used before. */
    record Expired(CloudService.Provider provider) implements ConsentOutcome {}

    /** The answer fits no consent that is awaited: forged, replayed, or of another machine. Nothing was changed. */
    record StateMismatch() implements ConsentOutcome {}

    /**
     * Somebody else consented, or for another tenant; the grant was given back at once.
     *
     * @param actual the account that consented; empty if the vendor does not say
     */
    record WrongAccount(CloudService.Provider provider, String actual) implements ConsentOutcome {}

    /**
     * The vendor is in trouble, or says a word that is not known here.
     *
     * @param code the vendor's own, else its error word; empty if it sent none
     * @param retryable whether the same consent may work in a moment
     */
    record ProviderError(CloudService.Provider provider, String code, boolean retryable) implements ConsentOutcome {}
}
