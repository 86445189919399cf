package io.github.kaitsu;

import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.operator.OperatorAction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether what an activation proved still holds, long after.
 *
 * @param activation the run whose result was looked at
 * @param console what somebody would have to read, so that what no API tells is looked at too; one reading serves all services.
 *     Empty if it was read just now, and suffices
 */
public record DriftReport(
        ActivationId activation,
        CustomerId customer,
        Instant time,
        List<Finding> findings,
        Optional<OperatorAction> console) {
    /** Keeps unmodifiable copies. */
    public DriftReport {
        findings = List.copyOf(findings);
    }

    /** What became of one claim. */
    public enum Verdict {
        /** Read again, and it holds. */
        HOLDS,
        /** It held once, and a source now says the opposite. */
        LOST,
        /** Nothing either way right now. */
        UNKNOWN,
        /** No API tells; somebody said so then, and it is recent enough. */
        ATTESTED,
        /** No API tells; somebody said so so long ago that it is time to ask again. */
        ASK_AGAIN
    }

    /**
     * One claim, looked at again.
     *
     * @param before the evidence of the activation
     * @param seen what is seen now, as a sentence
     * @param source who or what says so now
     * @param lookedAt whether it was looked at again just now; else it rests on what was said at the time of the evidence
     */
    public record Finding(
            CloudService service,
            StepId step,
            String rule,
            Bilingual title,
            Verdict verdict,
            Optional<Evidence> before,
            Evidence now,
            Bilingual seen,
            Bilingual source,
            boolean lookedAt) {}

    /** Whether anything that held is lost. */
    public boolean hasDrift() {
        return findings.stream().anyMatch(f -> f.verdict() == Verdict.LOST);
    }
}
