package io.github.kaitsu;

/** Why a service ended without protection: a closed list; the texts stand in the core's bundle under {@code failure.<name>}. */
public enum FailureReason {
    /** A required preflight check says no; nothing was linked. */
    PREFLIGHT,
    /** The link rounds are spent (rule COMMON-10). */
    LINK_BUDGET_SPENT,
    /** 保留 did not end within the rounds allowed for it (rule COMMON-14). */
    STALL_BUDGET_SPENT,
    /** The console says success, the provider the opposite. */
    CONTRADICTED,
    /** A person declined a required action. */
    DECLINED,
    /** A person could not do a required action. */
    BLOCKED,
    /** The provider answered for another tenant than the one seen first. */
    WRONG_TENANT,
    /** The console shows the service as granted, but no success ever came. */
    GRANTED_BUT_UNPROVED,
    /** The service needs another one that did not end protected. */
    PREREQUISITE_FAILED,
    /** The time of the request is over. */
    GAVE_UP
}
