package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.report.EvidenceBundle;
import io.github.kaitsu.report.EvidenceSigner;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** What the customer gets at the end: the report as a page, a file and a table, the announcements, the evidence bundle. */
@Controller
class HandoverController {
    /** A report loads and runs nothing; its style sheet and pictures are inside. */
    private static final String REPORT_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final ActivationClient client;
    private final Runs runs;
    private final ObjectProvider<EvidenceSigner> signer;
    private final Say say;

    HandoverController(ActivationClient client, Runs runs, ObjectProvider<EvidenceSigner> signer, Say say) {
        this.client = client;
        this.runs = runs;
        this.signer = signer;
        this.say = say;
    }

    @GetMapping("/customers/{id}/handover")
    String handover(@PathVariable String id, Model model) {
        ActivationView view = runs.view(id);
        model.addAttribute("view", view);
        model.addAttribute("company", view.company().orElse(view.customer().account()));
        model.addAttribute("handover", ActivationReport.of(view).handover(say.locale()));
        model.addAttribute("isSigned", signer.getIfAvailable() != null);
        return "handover";
    }

    @GetMapping("/customers/{id}/report")
    ResponseEntity<byte[]> report(@PathVariable String id) {
        String html = ActivationReport.of(runs.view(id)).html(say.locale());
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", REPORT_POLICY)
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/customers/{id}/report.csv")
    ResponseEntity<byte[]> csv(@PathVariable String id) {
        ActivationView view = runs.view(id);
        return file(
                view,
                "csv",
                new MediaType("text", "csv", StandardCharsets.UTF_8),
                ActivationReport.of(view).csv(say.locale()).getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/customers/{id}/report.html")
    ResponseEntity<byte[]> html(@PathVariable String id) {
        ActivationView view = runs.view(id);
        return file(
                view,
                "html",
                new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8),
                ActivationReport.of(view).html(say.locale()).getBytes(StandardCharsets.UTF_8));
    }

    /** Signed; of a run that has not ended there is none to hand over. */
    @GetMapping("/customers/{id}/bundle.zip")
    ResponseEntity<byte[]> bundle(@PathVariable String id) {
        ActivationView view = runs.view(id);
        EvidenceSigner key = signer.getIfAvailable();
        if (key == null || !view.ended()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return file(
                view,
                "zip",
                new MediaType("application", "zip"),
                EvidenceBundle.of(view, client.events(view.id())).zip(key));
    }

    private static ResponseEntity<byte[]> file(ActivationView view, String ending, MediaType type, byte[] content) {
        String name = view.reference().orElse(view.id().value()) + "." + ending;
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(content);
    }
}
