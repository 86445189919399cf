package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.sandbox.PageOptions;
import io.github.kaitsu.sandbox.Sandbox;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a browser's work: the record of each change with its pictures, and no session. */
class RecordTest {
    @TempDir
    Path folder;

    @Test
    void everyChangeIsRecordedWithPictures_theReportHoldsThem_andTheSessionIsGone() throws Exception {
        try (Stage stage = new Stage(Sandbox.builder().pages(PageOptions.faithful()), folder)) {
            stage.begin(List.of(CloudService.BOX));
            ActivationView view = stage.run();
            stage.browser.close();

            List<RecordedChange> changes = BrowserRecord.read(stage.folder(), stage.customer());

            assertThat(changes)
                    .anyMatch(c -> c.what().equals("権限の付与") && c.by() == RecordedChange.By.BROWSER)
                    .anyMatch(c -> c.what().contains("Boxへのアクセス許可") && c.by() == RecordedChange.By.PERSON)
                    .anyMatch(c -> c.what().equals("デフォルトで追加"))
                    .anyMatch(c -> c.what().equals("保存"))
                    .allMatch(c -> !c.address().contains("?") && c.address().startsWith("http://127.0.0.1:"))
                    .allMatch(c -> c.before().isPresent() || c.after().isPresent());
            assertThat(changes.stream()
                            .flatMap(c -> Stream.of(c.before(), c.after()).flatMap(Optional::stream)))
                    .allSatisfy(p -> assertThat(ImageIO.read(p.toFile())).isNotNull());
            RecordedChange grant = changes.stream()
                    .filter(c -> c.what().equals("権限の付与"))
                    .findFirst()
                    .orElseThrow();
            Pictures.assertStillTrue(
                    "browser.ja",
                    grant.by() + ": " + grant.what(),
                    Files.readAllBytes(grant.before().orElseThrow()));
            assertThat(ActivationReport.of(view).with(changes).html(Locale.JAPANESE))
                    .contains("「Boxへのアクセス許可」", "<img alt=\"操作前\" src=\"data:image/png;base64,")
                    .doesNotContain("file:");
            assertThat(view.services().get(0).steps())
                    .filteredOn(s -> List.of("BOX-4", "BOX-6").contains(s.rule()))
                    .hasSize(2)
                    .allMatch(s -> s.evidence().level() == Evidence.Level.VERIFIED);
            try (Stream<Path> files = Files.walk(stage.folder())) {
                assertThat(files)
                        .noneMatch(f -> f.endsWith("profile"))
                        .filteredOn(Files::isRegularFile)
                        .allSatisfy(RecordTest::assertOwnerOnly)
                        .filteredOn(f -> f.toString().endsWith(".jsonl"))
                        .allSatisfy(f -> assertThat(Files.readString(f))
                                .doesNotContain(
                                        stage.sandbox.consolePassword(),
                                        stage.sandbox.password(CloudService.Provider.BOX)));
            }
        }
    }

    /** While the code stands in its field, in plain sight. */
    @Test
    void passwordsAndCodes_areBlankInThePictures() throws Exception {
        List<double[]> fields = new ArrayList<>();
        try (Stage stage = new Stage(Sandbox.builder().pages(PageOptions.faithful()), folder)
                .withWindow(sandbox -> new SandboxWindow(sandbox) {
                    @Override
                    public void invite(Page page, PersonTask task) {
                        if (task.kind() == PersonTask.Kind.SECOND_FACTOR && fields.isEmpty()) {
                            page.locator("input[name=code]").fill("111111");
                            var box = page.locator("input[name=code]").boundingBox();
                            fields.add(new double[] {box.x + box.width / 2, box.y + box.height / 2});
                            page.evaluate("() => window.kaitsuBanner('take-over')");
                        } else {
                            super.invite(page, task);
                        }
                    }
                })) {
            stage.begin(List.of(CloudService.BOX));
            stage.client.advance(stage.id);
            assertThat(stage.browser.performOne(stage.client)).isTrue();

            Path picture = Path.of(stage.handedBack().get(0).screenshots().get(0));
            BufferedImage page = ImageIO.read(picture.toFile());
            int at = page.getRGB((int) fields.get(0)[0], (int) fields.get(0)[1]);
            assertThat(new Color(at)).isEqualTo(new Color(0x23, 0x31, 0x3f));
        }
    }

    private static void assertOwnerOnly(Path file) {
        try {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as("%s", file)
                    .isEqualTo("rw-------");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
