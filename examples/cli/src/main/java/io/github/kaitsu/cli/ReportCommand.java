package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.browser.BrowserRecord;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.report.Ed25519Signer;
import io.github.kaitsu.report.EvidenceBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The activation report, for people or programs; or everything the run can show for itself, signed. */
@Command(name = "report")
final class ReportCommand extends Subcommand {
    @Mixin
    private StateOptions state = new StateOptions();

    @Option(names = "--format", paramLabel = "md|json|html|csv")
    private String format = "";

    @Option(names = "--bundle", paramLabel = "FILE.zip")
    private @Nullable String bundle;

    @Option(names = "--key", paramLabel = "PKCS8.pem")
    private @Nullable String key;

    @Option(names = "--redacted")
    private boolean redacted;

    @Override
    int run(Invocation call) {
        if (bundle != null) {
            bundle(call, bundle);
            return Exits.SUCCESS;
        } else if (key != null || redacted) {
            throw Refusal.usage("bundle");
        }
        String wanted = !format.isEmpty() ? format : call.json() ? "json" : "md";
        try (Desk desk = Desk.open(call, state)) {
            List<RecordedChange> record = BrowserRecord.read(
                    BrowserHands.of(desk.folder()), desk.view().customer());
            ActivationReport report = ActivationReport.of(desk.view()).with(record);
            switch (wanted) {
                case "json" -> call.result(RunDocument.of(report, desk.summary(), call.locale()));
                case "md" -> text(call, wanted, report.markdown(call.locale()));
                case "html" -> text(call, wanted, report.html(call.locale()));
                case "csv" -> text(call, wanted, report.csv(call.locale()));
                default -> throw Refusal.usage("format", wanted);
            }
            return Exits.SUCCESS;
        }
    }

    private void bundle(Invocation call, String file) {
        if (key == null) {
            throw Refusal.usage("bundle-key");
        } else if (!format.isEmpty()) {
            throw Refusal.usage("bundle-format");
        }
        Ed25519Signer signer = Ed25519Signer.ofFile(path(key));
        try (Desk desk = Desk.open(call, state)) {
            ActivationView view = desk.view();
            EvidenceBundle evidence = EvidenceBundle.of(view, desk.client().events(view.id()))
                    .with(BrowserRecord.read(BrowserHands.of(desk.folder()), view.customer()));
            EvidenceBundle wanted = redacted ? evidence.redacted(salt(signer, view.id())) : evidence;
            OutputFile.write(file, wanted.zip(signer));
            call.finish(
                    Json.object()
                            .put("bundle", file)
                            .put("activation", view.id().value())
                            .put("keyId", signer.keyId())
                            .put("redacted", redacted),
                    call.text(
                            redacted ? "report.bundle.redacted" : "report.bundle",
                            file,
                            CommandWords.customer(
                                    view.company(), view.customer().organisation()),
                            signer.keyId()));
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw KaitsuException.because(e, ErrorCode.SIGNING_KEY, "file", file);
        }
    }

    /** Known to whoever has the key, and to nobody else: Ed25519 always signs the same in the same way. */
    private static byte[] salt(Ed25519Signer signer, ActivationId run) {
        return signer.sign(("kaitsu-redaction-v1 " + run.value()).getBytes(StandardCharsets.UTF_8));
    }

    /** With {@code --json} even a page is one JSON document. */
    private static void text(Invocation call, String format, String page) {
        if (call.json()) {
            call.result(Json.object().put("format", format).put("report", page));
        } else {
            call.file(page);
        }
    }
}
