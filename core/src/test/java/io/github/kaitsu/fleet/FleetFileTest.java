package io.github.kaitsu.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.fleet.FleetFile.Row;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spreadsheet wrote is read as it was meant, and a bad row is named by its line and spoils no other. */
class FleetFileTest {
    private static final String HEADER = "reference,company,account,site,organisation,services,labels\n";
    private static final String GOOD = "K-9,Good,CAS0009,JP,,box,\n";

    @Test
    void rows_areReadAsAJapaneseSpreadsheetWritesThem() {
        FleetFile file = FleetFile.parse(String.join(
                "\r\n",
                "\uFEFF\"Reference\",account,site,company,organisation,services,labels",
                "K-1,CAS0001,JP,\"株式会社 \"\"A\"\", 東京\",,box google-drive,east\u3000new",
                ",,,,,,",
                "",
                "K-2,CAS0002,us,=1+1,営業部,ALL,"));

        assertThat(file.refused()).isEmpty();
        assertThat(file.rows()).extracting(Row::line).containsExactly(2, 5);
        Row first = file.rows().get(0);
        assertThat(first.reference()).isEqualTo("K-1");
        assertThat(first.request().reference()).contains("K-1");
        assertThat(first.request().company()).contains("株式会社 \"A\", 東京");
        assertThat(first.request().customer()).isEqualTo(CustomerId.of(ConsoleSite.JP, "CAS0001"));
        assertThat(first.request().services()).containsExactly(CloudService.BOX, CloudService.GOOGLE_DRIVE);
        assertThat(first.request().labels()).containsExactly("east", "new");
        Row second = file.rows().get(1);
        assertThat(second.request().company()).contains("=1+1");
        assertThat(second.request().customer().organisation()).isEqualTo("営業部");
        assertThat(second.request().services()).isEqualTo(CloudService.standard());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "K-1,A,CAS0001,JP,,box;                INVALID_REQUEST.fleet-cells",
                "K-1,A,CAS0001,JP,,box,x,y;            INVALID_REQUEST.fleet-cells",
                "K-1,\"A,CAS0001,JP,,box,;             INVALID_REQUEST.fleet-quotes",
                "K-1,\"A\"B,CAS0001,JP,,box,;          INVALID_REQUEST.fleet-quotes",
                "K-1,A\"B,CAS0001,JP,,box,;            INVALID_REQUEST.fleet-quotes",
                ",A,CAS0001,JP,,box,;                  INVALID_REQUEST.reference",
                "K-1,A,,JP,,box,;                      INVALID_ACCOUNT",
                "K-1,A,CAS0001,MARS,,box,;             UNKNOWN_SITE",
                "K-1,A,CAS0001,,,box,;                 UNKNOWN_SITE",
                "K-1,A,CAS0001,JP,,box fax,;           UNKNOWN_SERVICE",
                "K-1,A,CAS0001,JP,,box teams-chat,;    SERVICE_REFUSED",
                "K-1,A,CAS0001,JP,,,;                  INVALID_REQUEST.services",
                "K-1,A\u0007B,CAS0001,JP,,box,;        INVALID_REQUEST.company",
                "K-1,A,CAS\u000001,JP,,box,;           INVALID_ACCOUNT",
                "K-9,A,CAS0001,JP,,box,;               INVALID_REQUEST.fleet-reference",
                "K-1,A,CAS0009,JP,,box,;               INVALID_REQUEST.fleet-customer"
            })
    void badRow_isNamedByItsLine_andTheOthersGoOn(String bad, String key) {
        FleetFile file = FleetFile.parse(HEADER + GOOD + bad + "\nK-8,After,CAS0008,JP,,box,");

        assertThat(file.rows()).extracting(Row::reference).containsExactly("K-9", "K-8");
        assertThat(file.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.line()).isEqualTo(3);
            assertThat(refused.why().key()).isEqualTo(key);
            assertThat(refused.why().message(Locale.JAPANESE)).isNotEmpty();
            assertThat(refused.why().nextStep(Locale.JAPANESE)).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "K-1,A,CAS0001,JP,,box,\n", "reference,company,account,site,organisation,services\n"})
    void fileWithoutTheHeader_isRefusedAsAWhole(String text) {
        assertThatThrownBy(() -> FleetFile.parse(text))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void id_isTheSameForTheSameReference_andAnotherForAnother() {
        List<String> references = List.of("K-1", "K_1", "k-1", "契約 1", "契約 2", "-", "x".repeat(64));

        assertThat(references.stream().map(Fleet::id).distinct()).hasSameSizeAs(references);
        assertThat(Fleet.id("K-1")).isEqualTo(Fleet.id("K-1"));
        assertThat(Fleet.id("K-1").value()).startsWith("fleet-K-1-");
    }
}
