package io.github.kaitsu.sandbox;

import java.time.Duration;
import java.util.Set;

/** One way in which a consent to an own application ends otherwise than asked for, whatever the person presses. */
public sealed interface ConsentFault {
    /** Whether the person is stopped before seeing what is asked for. */
    default boolean comesFirst() {
        return false;
    }

    /** The person denies. */
    record Denied() implements ConsentFault {}

    /**
     * Less is granted than was asked for.
     *
     * @param withheld the scopes that are missing; if empty, the last one that is not about signing in
     */
    record FewerScopes(Set<String> withheld) implements ConsentFault {
        /** Keeps an unmodifiable copy. */
        public FewerScopes {
            withheld = Set.copyOf(withheld);
        }

        /** Only the last scope is missing. */
        public FewerScopes() {
            this(Set.of());
        }
    }

    /**
     * The person administers nothing and is told so. Microsoft says AADSTS90094 on the way back, Box and Dropbox {@code access_denied}, Google shows
     * {@code admin_policy_enforced} and sends nobody back.
     */
    record NotAdministrator() implements ConsentFault {
        @Override
        public boolean comesFirst() {
            return true;
        }
    }

    /**
     * A policy of the customer forbids it. Microsoft says AADSTS53003 on the way back, Box and Dropbox {@code unauthorized_client},
     * Google shows {@code policy_enforced} and sends nobody back.
     */
    record BlockedByPolicy() implements ConsentFault {
        @Override
        public boolean comesFirst() {
            return true;
        }
    }

    /**
     * The person presses the button that allows, and is sent back with these words all the same.
     *
     * @param description empty if none is sent
     */
    record Refused(String error, String description) implements ConsentFault {}

    /**
     * Somebody of the customer who administers nothing grants, and the provider lets it happen; its API refuses later. Microsoft does
     * not let it happen, and says AADSTS90094 on the way back.
     */
    record EmployeeGrants() implements ConsentFault {}

    /** Somebody of another company grants, in their own tenant. */
    record WrongAccount() implements ConsentFault {}

    /** The person lets time pass, by the sandbox's clock, before pressing the button. */
    record Hesitates(Duration time) implements ConsentFault {}

    /** Time passes, by the sandbox's clock, between the button and the way back: the code may be too old to be redeemed. */
    record ReturnsLate(Duration time) implements ConsentFault {}
}
