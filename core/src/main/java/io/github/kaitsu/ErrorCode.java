package io.github.kaitsu;

/** The closed list of reasons why Kaitsu refuses something. The names are stable and appear in JSON. */
public enum ErrorCode {
    /** A service name nobody knows. */
    UNKNOWN_SERVICE,
    /** A service that must not be activated: Teams Chat can cost extra (M365-3). */
    SERVICE_REFUSED,
    /** A service without a provisioner in this client. */
    SERVICE_NOT_CONFIGURED,
    UNKNOWN_SITE,
    UNKNOWN_EDITION,
    UNKNOWN_SCENARIO,
    UNKNOWN_PROVIDER,
    /** Empty, over 32 characters, or with control characters. */
    INVALID_ORGANISATION,
    INVALID_ACCOUNT,
    INVALID_ACTIVATION_ID,
    /** No action can be called so. */
    INVALID_ACTION_ID,
    INVALID_POLICY,
    INVALID_APP_ID,
    INVALID_ADMIN_SITE,
    INVALID_CONSOLE_ORIGIN,
    INVALID_PERMISSION_XML,
    INVALID_OPENING_MAIL,
    INVALID_CONSOLE_TEXT,
    /** An address that came back from a vendor and cannot be used: not one, ambiguous, cut off, or another than agreed. */
    INVALID_CALLBACK,
    /** A request that contradicts itself or another one under the same id. */
    INVALID_REQUEST,
    /** A command line that does not fit. */
    USAGE,
    ACTIVATION_NOT_FOUND,
    ACTIVATION_ENDED,
    /** What was known of it was erased, and its id is not used again. */
    ACTIVATION_FORGOTTEN,
    /** It cannot be erased yet: it has not ended, or something still rests on it. */
    ACTIVATION_NEEDED,
    /** Another activation of the same customer is still running. */
    CUSTOMER_BUSY,
    ACTION_NOT_FOUND,
    /** The action was closed by evidence, withdrawn or answered otherwise. */
    ACTION_GONE,
    /** The answer does not have the form the action asks for. */
    ANSWER_FORM,
    /** Somebody else is expected to answer. */
    ANSWER_NOT_ADMITTED,
    /** Nothing there, or not written by Kaitsu. */
    STORE_FOREIGN,
    /** Written by a newer version. */
    STORE_NEWER,
    /** A line was edited, lost or reordered. */
    STORE_CORRUPT,
    /** Rights too wide, a symbolic link, or no access. */
    STORE_UNSAFE,
    /** Another process holds it. */
    STORE_BUSY,
    /** Someone else appended meanwhile; load again. */
    STORE_CONFLICT,
    /** Credentials were encrypted with another key than those given, or there is no key. */
    CREDENTIAL_KEY,
    /** The key that is to sign cannot be used: not found, encrypted, of another kind, or it refused. */
    SIGNING_KEY,
    /** An older file stands in the place of a newer one. */
    CREDENTIAL_ROLLED_BACK,
    /** No Chrome that can be driven: not found, no display, no driver, or the profile is in use. */
    BROWSER_UNAVAILABLE,
    IO_ERROR,
    INTERNAL
}
