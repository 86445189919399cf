package io.github.kaitsu.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Something that only the host can decide was not decided; Boot shows what and how at startup. */
final class IncompleteConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String nextStep;

    IncompleteConfigurationException(String missing, String nextStep) {
        super(missing + " " + nextStep);
        this.nextStep = nextStep;
    }

    static final class Analyzer extends AbstractFailureAnalyzer<IncompleteConfigurationException> {
        @Override
        protected FailureAnalysis analyze(Throwable root, IncompleteConfigurationException cause) {
            String message = String.valueOf(cause.getMessage());
            String missing = message.substring(0, message.length() - cause.nextStep.length());
            return new FailureAnalysis(missing.strip(), cause.nextStep, cause);
        }
    }
}
