package io.github.kaitsu.vendor;

import io.github.kaitsu.provision.Mender;

/**
 * What a refusal of the embedding team's own app means, wherever it came from: the redirect, the token endpoint, an API.
 */
public enum Refusal {
    /** The person said no. */
    DENIED(Mender.PERSON),
    /** The account may not consent for the organisation. */
    NOT_ADMINISTRATOR(Mender.PERSON),
    /** Signed in with an account of somebody else. */
    WRONG_ACCOUNT(Mender.PERSON),
    /** The code, the page or the grant is too old, spent or revoked. */
    EXPIRED(Mender.PERSON),
    /** Somebody has to sign in again: a second factor, a password, a consent. */
    SIGN_IN_REQUIRED(Mender.PERSON),
    /** A rule of the organisation forbids it: app control, conditional access. */
    BLOCKED_BY_POLICY(Mender.CUSTOMER),
    /** This customer's tenant does not hold what the app needs: the app itself, a licence, the service. */
    TENANT(Mender.CUSTOMER),
    /** A token was given, and it does not reach so far: the account's rights, the scopes, the edition. */
    NO_RIGHTS(Mender.CUSTOMER),
    /** The app itself, at every customer's: its secret has expired, it is disabled or deleted, its registration is wrong. */
    APP(Mender.APP_OWNER),
    /** The vendor is in trouble for a while. */
    PASSING(Mender.VENDOR),
    /** A word that nobody here knows. */
    OTHER(Mender.UNKNOWN);

    private final Mender mender;

    Refusal(Mender mender) {
        this.mender = mender;
    }

    /** Who can do something about it. */
    public Mender mender() {
        return mender;
    }
}
