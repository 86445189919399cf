package io.github.kaitsu.hardening;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.SlotOwner;
import io.github.kaitsu.console.ConsoleCapture;
import io.github.kaitsu.console.ConsoleOrigin;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.console.OpeningMail;
import io.github.kaitsu.fleet.FleetFile;
import io.github.kaitsu.microsoft365.AppPermissionRequests;
import io.github.kaitsu.microsoft365.MicrosoftAdminConsent;
import io.github.kaitsu.microsoft365.SharePointAdminSite;
import io.github.kaitsu.text.CleanText;
import io.github.kaitsu.text.PastedText;
import io.github.kaitsu.vendor.http.Callback;
import io.github.kaitsu.vendor.http.PastedAnswer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;

/** Whatever a person brings: pages of the console, mails, addresses, lists, app permissions, names. */
class PastedTextFuzzTest {
    private static final String STATE = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    private static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }

    @FuzzTest
    void consoleReading(byte[] data) {
        String text = text(data);
        Foreign.read(text.length(), 200_000, false, () -> {
            ConsoleReading reading = ConsoleReading.parse(text);
            // The journal keeps the raw text: reading it again must say the same.
            Assertions.assertThat(ConsoleReading.parse(text)).isEqualTo(reading);
            reading.fingerprint();
            return reading.isRecognised();
        });
    }

    @FuzzTest
    void consoleFurniture(byte[] data) {
        String text = text(data);
        List<String> lines = text.lines().toList();
        Foreign.read(
                text.length(),
                200_000,
                false,
                () -> ConsoleReading.parse(
                        text, lines.isEmpty() ? Set.of() : Set.of(ConsoleReading.furnitureKey(lines.get(0)))));
    }

    @FuzzTest
    void consoleCapture(byte[] data) {
        String text = text(data);
        Foreign.read(text.length(), 200_000, false, () -> ConsoleCapture.of(text));
    }

    @FuzzTest
    void openingMail(byte[] data) {
        String text = text(data);
        Foreign.read(text.length(), 50_000, !text.contains("アカウント"), () -> OpeningMail.parse(text));
    }

    /** Behind a mail as it should be, in which the secret stands where secrets stand. */
    @FuzzTest
    void openingMailWithSecrets(byte[] data) {
        String text = "アカウント：cas0001\nhttps://clp.trendmicro.com/Dashboard?T=" + Foreign.SECRET
                + "\nhttps://forgetpwd.trendmicro.com/ForgetPassword/ResetPassword?T=" + Foreign.SECRET + "&v="
                + Foreign.SECRET + "\n" + text(data).replace(Foreign.SECRET, "");
        Foreign.read(text.length(), 50_000, true, () -> OpeningMail.parse(text));
    }

    @FuzzTest
    void pastedAnswer(byte[] data) {
        String text = text(data);
        Foreign.read(
                text.length(),
                100_000,
                true,
                () -> PastedAnswer.read(
                        text, back -> back.hasState(STATE) && back.code().isPresent()));
    }

    @FuzzTest
    void pastedAnswerWithSecrets(byte[] data) {
        String text = "https://app.example/back?code=" + Foreign.SECRET + "&state=" + STATE + text(data);
        Foreign.read(
                text.length(),
                100_000,
                true,
                () -> PastedAnswer.read(
                        text, back -> back.hasState(STATE) && back.code().isPresent()));
    }

    @FuzzTest
    void redirect(byte[] data) {
        String text = text(data);
        Foreign.read(text.length(), 20_000, true, () -> {
            URI address;
            try {
                address = new URI("https://app.example/back?" + text);
            } catch (URISyntaxException e) {
                return "";
            }
            Callback back = Callback.parse(address);
            back.state();
            back.code();
            back.error();
            back.errorDescription();
            return back;
        });
    }

    @FuzzTest
    void adminConsent(byte[] data) {
        String text = text(data);
        Foreign.read(text.length(), 100_000, false, () -> MicrosoftAdminConsent.read(text, STATE));
    }

    @FuzzTest
    void appPermission(byte[] data) {
        String text = text(data);
        Foreign.read(text.length(), 50_000, false, () -> {
            AppPermissionRequests read = AppPermissionRequests.parse(text);
            Assertions.assertThat(AppPermissionRequests.parse(read.toXml())).isEqualTo(read);
            return read;
        });
    }

    @FuzzTest
    void fleet(byte[] data) {
        String text = text(data);
        Foreign.read(text.length(), 100_000, false, () -> {
            FleetFile file = FleetFile.parse(text);
            file.rows();
            return file.refused();
        });
    }

    @FuzzTest
    void fleetRows(byte[] data) {
        String text = "reference,company,account,site,organisation,services,labels\n" + text(data);
        Foreign.read(text.length(), 100_000, false, () -> {
            FleetFile file = FleetFile.parse(text);
            file.rows();
            return file.refused();
        });
    }

    @FuzzTest
    void addresses(byte[] data) {
        String text = text(data);
        Foreign.read(text.length(), 20_000, false, () -> ConsoleOrigin.parse(text));
        Foreign.read(text.length(), 20_000, false, () -> SharePointAdminSite.parse(text));
    }

    @FuzzTest
    void names(byte[] data) {
        String text = text(data);
        Foreign.read(text.length(), 20_000, false, () -> ActivationId.of(text));
        Foreign.read(text.length(), 20_000, false, () -> ActionId.of(text));
        Foreign.read(text.length(), 20_000, false, () -> CustomerId.of(ConsoleSite.JP, text));
        Foreign.read(text.length(), 20_000, false, () -> new CustomerId(ConsoleSite.JP, "a", text));
        Foreign.read(text.length(), 20_000, false, () -> CloudService.parse(text));
        Foreign.read(text.length(), 20_000, false, () -> ConsoleSite.parse(text));
        Foreign.read(text.length(), 20_000, false, () -> Edition.parse(text));
        Foreign.read(text.length(), 20_000, false, () -> SlotOwner.parse(text));
    }

    /** What shows foreign text somewhere else. */
    @FuzzTest
    void shown(byte[] data) {
        String text = text(data);
        Foreign.read(text.length(), 20_000, false, () -> {
            Assertions.assertThat(CleanText.html(text)).doesNotContain("<", ">", "\"");
            Assertions.assertThat(CleanText.plain(text)).doesNotContain("\n", "\r");
            Assertions.assertThat(CleanText.csv(text)).doesNotMatch("[=+\\-@\\t\\r](?s:.*)");
            CleanText.markdown(text);
            CleanText.markdownCode(text);
            CleanText.htmlLines(text);
            PastedText.withoutAddresses(text);
            PastedText.mailAddresses(text);
            return PastedText.cells(PastedText.fold(text));
        });
    }
}
