package io.github.kaitsu.cli;

import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.Evidence.Level;

/**
 * What {@code verify} comes to. Nothing is called unchanged that nobody has looked at.
 *
 * @param lookedAt how many claims were read again just now
 * @param claims how many there are
 */
record DriftVerdict(Kind kind, long lookedAt, long claims) {
    enum Kind {
        /** Something that held is lost. */
        DRIFT,
        /** Nothing at all could be looked at again: there is nothing to say. */
        NOT_LOOKED_AT,
        /** What was read again holds, but the console, which alone tells of the link, was not read. */
        CONSOLE_NOT_READ,
        /** What was read again holds, but not every look told something. */
        UNCLEAR,
        /** What the console shows holds, and nobody looked at anything else. */
        CONSOLE_ONLY,
        /** What the providers and the console show was read again, and holds. */
        HOLDS
    }

    static DriftVerdict of(DriftReport report) {
        long lookedAt = report.findings().stream()
                .filter(f -> f.lookedAt() && f.verdict() != Verdict.UNKNOWN)
                .count();
        return new DriftVerdict(
                kind(report, lookedAt), lookedAt, report.findings().size());
    }

    private static Kind kind(DriftReport report, long lookedAt) {
        if (report.hasDrift()) {
            return Kind.DRIFT;
        } else if (lookedAt == 0) {
            return Kind.NOT_LOOKED_AT;
        } else if (report.console().isPresent()) {
            return Kind.CONSOLE_NOT_READ;
        }
        boolean isUnclear = report.findings().stream().map(Finding::verdict).anyMatch(v -> v == Verdict.UNKNOWN);
        if (isUnclear) {
            return Kind.UNCLEAR;
        }
        boolean hasVerified =
                report.findings().stream().anyMatch(f -> f.lookedAt() && f.now().level() == Level.VERIFIED);
        return hasVerified ? Kind.HOLDS : Kind.CONSOLE_ONLY;
    }

    int exit() {
        return switch (kind) {
            case DRIFT -> Exits.FAILED;
            case NOT_LOOKED_AT, CONSOLE_NOT_READ -> Exits.AWAITS_PERSON;
            case UNCLEAR -> Exits.AWAITS_TIME;
            case HOLDS, CONSOLE_ONLY -> Exits.SUCCESS;
        };
    }
}
