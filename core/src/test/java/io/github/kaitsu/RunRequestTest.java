package io.github.kaitsu;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.console.ConsoleSite;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRequestTest {
    private static final CustomerId CUSTOMER = CustomerId.of(ConsoleSite.JP, "CAS0001");
    private static final ActivationRequest ACTIVATION = ActivationRequest.builder(CUSTOMER)
            .services(CloudService.GMAIL, CloudService.BOX)
            .edition(Edition.CONSOLE_2024_07)
            .policies(List.of("既定のポリシー"))
            .consoleOrigin("https://admin-eu.tmcas.trendmicro.com")
            .sharePointAdminSite("https://example-admin.sharepoint.com")
            .insistOnSharePointPermission(true)
            .giveUpAfter(Duration.ofDays(2))
            .keepForDrift(true)
            .company(" 株式会社サンプル ")
            .reference("契約 K-1001")
            .labels("west", "east", "west")
            .build();
    private static final RemovalRequest REMOVAL = RemovalRequest.builder(CUSTOMER)
            .services(CloudService.BOX, CloudService.GMAIL)
            .consoleOrigin("https://admin-eu.tmcas.trendmicro.com")
            .giveUpAfter(Duration.ofDays(2))
            .company("株式会社サンプル")
            .reference("契約 K-1001")
            .labels("east")
            .build();

    @Test
    void request_saysWhoseItIsAndHowTheHostSortsIt() {
        for (RunRequest request : List.of(ACTIVATION, REMOVAL)) {
            assertThat(request.customer()).isEqualTo(CUSTOMER);
            assertThat(request.company()).contains("株式会社サンプル");
            assertThat(request.reference()).contains("契約 K-1001");
            assertThat(request.giveUpAfter()).isEqualTo(Duration.ofDays(2));
            assertThat(request.consoleOrigin()).contains("https://admin-eu.tmcas.trendmicro.com");
            assertThat(request.toString()).contains("株式会社サンプル", "K-1001", "east");
        }
        assertThat(ACTIVATION.labels()).containsExactly("east", "west");
        assertThat(ACTIVATION.services()).containsExactly(CloudService.GMAIL, CloudService.BOX);
    }

    @Test
    void request_builtAnew_keepsWhatIsNotChanged() {
        assertThat(ACTIVATION.toBuilder().build()).isEqualTo(ACTIVATION).hasSameHashCodeAs(ACTIVATION);
        assertThat(REMOVAL.toBuilder().build()).isEqualTo(REMOVAL).hasSameHashCodeAs(REMOVAL);
        assertThat(ACTIVATION.toBuilder().company("別会社").build()).isNotEqualTo(ACTIVATION);
        assertThat(ACTIVATION.toBuilder().keepForDrift(false).build()).isNotEqualTo(ACTIVATION);
        assertThat(REMOVAL.toBuilder().labels().build()).isNotEqualTo(REMOVAL);
    }

    @Test
    void labels_inWhateverOrder_makeTheSameRequest() {
        assertThat(ACTIVATION.toBuilder().labels("east", "west").build()).isEqualTo(ACTIVATION);
    }

    @Test
    void removal_ofServicesInWhateverOrder_isTheSameAndGoesBackwards() {
        RemovalRequest other = REMOVAL.toBuilder()
                .services(CloudService.GMAIL, CloudService.BOX, CloudService.BOX)
                .build();

        assertThat(other).isEqualTo(REMOVAL);
        assertThat(other.services())
                .isSortedAccordingTo(Collections.reverseOrder())
                .hasSize(2);
    }

    @Test
    void request_withoutServicesOrTime_isRefused() {
        assertRefused(
                ErrorCode.INVALID_REQUEST,
                () -> RemovalRequest.builder(CUSTOMER).build());
        assertRefused(
                ErrorCode.INVALID_REQUEST,
                () -> ACTIVATION.toBuilder().services().build());
        assertRefused(
                ErrorCode.INVALID_REQUEST,
                () -> ACTIVATION.toBuilder().giveUpAfter(Duration.ZERO).build());
        assertRefused(
                ErrorCode.INVALID_REQUEST,
                () -> REMOVAL.toBuilder().giveUpAfter(Duration.ofSeconds(-1)).build());
        assertRefused(
                ErrorCode.SERVICE_REFUSED,
                () -> REMOVAL.toBuilder().services(CloudService.TEAMS_CHAT).build());
        assertRefused(
                ErrorCode.INVALID_POLICY,
                () -> ACTIVATION.toBuilder().policies(List.of("a\nb")).build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "\u3000",
                "\u00a0",
                "a\nb",
                "a\tb",
                "a\u202eb",
                "a\u200bb",
                "a\u2028b",
                "\u3164",
                "\ud83d"
            })
    void company_orReferenceThatIsEmptyOrHasSomethingInvisible_isRefused(String text) {
        assertThat(refusal(ACTIVATION.toBuilder().company(text))).contains("会社名", "128");
        assertThat(refusal(ACTIVATION.toBuilder().reference(text))).contains("管理番号", "64");
        assertRefused(
                ErrorCode.INVALID_REQUEST,
                () -> REMOVAL.toBuilder().company(text).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "東\u3000日本", "a\u00a0b", "a\u200bb", "a\nb"})
    void label_thatIsEmptyOrHasASpace_isRefused(String label) {
        assertThat(refusal(ACTIVATION.toBuilder().labels("east", label))).contains("ラベル", "20", "64");
    }

    @Test
    void company_referenceAndLabels_haveALongest() {
        assertThat(ACTIVATION.toBuilder().company("社".repeat(128)).build().company())
                .isPresent();
        assertThat(refusal(ACTIVATION.toBuilder().company("社".repeat(129)))).contains("会社名");
        assertThat(refusal(ACTIVATION.toBuilder().reference("9".repeat(65)))).contains("管理番号");
        assertThat(refusal(ACTIVATION.toBuilder().labels("x".repeat(65)))).contains("ラベル");
        List<String> many = IntStream.range(0, 21).mapToObj(n -> "label-" + n).toList();
        assertThat(refusal(ACTIVATION.toBuilder().labels(many))).contains("ラベル");
    }

    /** 葛 with its variant as in 葛城市, and a character of two units. */
    @Test
    void company_withAKanjisVariant_isKeptAsItIs() {
        String name = "葛\udb40\udd00城𠮷田株式会社";

        assertThat(ACTIVATION.toBuilder().company(name).build().company()).contains(name);
    }

    private static String refusal(ActivationRequest.Builder builder) {
        KaitsuException refused = catchThrowableOfType(KaitsuException.class, builder::build);
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refused.message(Locale.ENGLISH)).doesNotContain("{");
        assertThat(refused.nextStep(Locale.JAPANESE)).isNotEmpty();
        return refused.message(Locale.JAPANESE);
    }
}
