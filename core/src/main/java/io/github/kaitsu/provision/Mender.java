package io.github.kaitsu.provision;

/**
 * Who can mend it where a vendor refuses the embedding team's own app. Nobody else is asked to.
 *
 * <p>The names are part of the journal format: they may be added to, never renamed.
 */
public enum Mender {
    /** Whoever runs the app, for all customers at once: its secret, its registration. What customers granted is in order. */
    APP_OWNER,
    /** An administrator of this customer's tenant: what the tenant allows, or what it holds. The grant is in order. */
    CUSTOMER,
    /** Who consents: connecting again helps. */
    PERSON,
    /** Nobody has to: it passes. */
    VENDOR,
    /** The word is not known. If a second customer's access meets it, it is the app owner's. */
    UNKNOWN
}
