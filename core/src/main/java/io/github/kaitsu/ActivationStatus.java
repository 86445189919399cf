package io.github.kaitsu;

/** How far one service is. Whom it waits for is {@link Waiting}; the vendor's own words are kept beside both. */
public enum ActivationStatus {
    /** Nothing was done for it yet; it may wait for its turn at the console. */
    PLANNED,
    /** Looking whether everything needed is there, before anything is linked. */
    CHECKING,
    /** Between the baseline reading of the console and the moment the console lists the service. */
    LINKING,
    /** Linked; the vendor copies users and groups (保留). May take hours. */
    SYNCHRONIZING,
    /** 保留 for much longer than expected (rule COMMON-14). */
    STALLED,
    /** The console says success; required post-setup steps are left. */
    FINISHING,
    /** Every required step is verified or attested. */
    PROTECTED,
    /** Ended without protection; the reason and the next step stand beside it. */
    FAILED,
    /** Ended because somebody cancelled the run; nothing was undone. */
    CANCELLED,
    /** In a removal: what was granted is being taken back. */
    REMOVING,
    /** In a removal: every required step says that it is gone. */
    REMOVED;

    /** Whether nothing more will happen to the service in this run. */
    public boolean isFinal() {
        return this == PROTECTED || this == FAILED || this == CANCELLED || this == REMOVED;
    }
}
