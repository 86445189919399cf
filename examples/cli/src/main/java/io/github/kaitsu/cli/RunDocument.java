package io.github.kaitsu.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.sandbox.SandboxSummary;
import java.util.Locale;
import java.util.Optional;

/** The JSON of a run, and of the sandbox it happened in. */
final class RunDocument {
    private RunDocument() {}

    static ObjectNode of(ActivationView view, Optional<SandboxSummary> sandbox, Locale locale) {
        return of(ActivationReport.of(view), sandbox, locale);
    }

    static ObjectNode of(ActivationReport report, Optional<SandboxSummary> sandbox, Locale locale) {
        try {
            ObjectNode document = (ObjectNode) Json.read(report.json(locale));
            sandbox.ifPresent(s -> {
                ObjectNode node = SandboxJson.of(s);
                node.set("calls", document.path("calls"));
                document.set("sandbox", node);
            });
            return document;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
