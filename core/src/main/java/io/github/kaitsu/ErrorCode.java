package io.github.kaitsu;

/** The closed list of reasons why Kaitsu refuses something. The names are stable and appear in JSON. */
public enum ErrorCode {
    /** A service name nobody knows. */
    UNKNOWN_SERVICE,
    /** A service that must not be activated: Teams Chat can cost extra (M365-3). */
    SERVICE_REFUSED,
    /** A service without a provisioner in this client. */
    SERVICE_NOT_CONFIGURED,
    /** A console's site that nobody knows. */
    UNKNOWN_SITE,
    /** An edition of the console's screens that nobody knows. */
    UNKNOWN_EDITION,
    /** A scenario that the sandbox does not know. */
    UNKNOWN_SCENARIO,
    /** A provider that nobody knows. */
    UNKNOWN_PROVIDER,
    /** Empty, over 32 characters, or with control characters. */
    INVALID_ORGANISATION,
    /** A console's account: empty, over 128 characters, or with invisible ones. */
    INVALID_ACCOUNT,
    /** Not 1 to 64 letters, digits, full stops, hyphens and underscores that begin with a letter or digit. */
    INVALID_ACTIVATION_ID,
    /** No action can be called so. */
    INVALID_ACTION_ID,
    /** A policy's name: empty, over 128 characters, or with invisible ones. */
    INVALID_POLICY,
    /** No app id, or one that cannot be right. */
    INVALID_APP_ID,
    /** No address of a SharePoint admin site. */
    INVALID_ADMIN_SITE,
    /** No address of a Cloud App Security console, or of a site whose address nobody has attested. */
    INVALID_CONSOLE_ORIGIN,
    /** A permission request that SharePoint would refuse, or silently ignore. */
    INVALID_PERMISSION_XML,
    /** A text that is not one whole opening mail, or one that looks forged. */
    INVALID_OPENING_MAIL,
    /** A text too long for pages of the console. */
    INVALID_CONSOLE_TEXT,
    /** An address that came back from a vendor and cannot be used: not one, ambiguous, cut off, or another than agreed. */
    INVALID_CALLBACK,
    /** A request that contradicts itself or another one under the same id. */
    INVALID_REQUEST,
    /** A command line that does not fit. */
    USAGE,
    /** Nothing was begun under this id, or nothing of this customer is protected. */
    ACTIVATION_NOT_FOUND,
    /** It is over and takes nothing more. */
    ACTIVATION_ENDED,
    /** What was known of it was erased, and its id is not used again. */
    ACTIVATION_FORGOTTEN,
    /** It cannot be erased yet: it has not ended, or something still rests on it. */
    ACTIVATION_NEEDED,
    /** Another activation of the same customer is still running. */
    CUSTOMER_BUSY,
    /** This run never had such an action. */
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
    /** A disk, a port or another medium failed; what was confirmed before is kept. */
    IO_ERROR,
    /** A mistake of Kaitsu itself. */
    INTERNAL
}
