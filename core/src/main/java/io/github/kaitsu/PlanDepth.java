package io.github.kaitsu;

/** Whether planning may read the providers. */
public enum PlanDepth {
    /** No network at all. */
    OFFLINE,
    /** Makes the preflight looks and tells their warnings; writes nothing. */
    WITH_READS
}
