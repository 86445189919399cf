package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationView.Explanation;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a grant is not given ends with words and a next step of its own (M365-1). */
class RefusedGrantTest {
    private static final CloudService EXCHANGE = CloudService.EXCHANGE_ONLINE;

    @Test
    void m365_1_whenTheConsentIsDenied_theEndSaysSo() throws InterruptedException {
        Journey journey = atTheGrant().answer("exchange-online.grant", Answer.declined(Journey.PERSON));
        assertThat(journey.ended(EXCHANGE).orElseThrow().reason()).contains(FailureReason.DECLINED);
        assertExplained(journey, "consent-denied");
    }

    @Test
    void m365_1_whenConditionalAccessBlocks_theEndSaysWhatToAskTheCustomer() throws InterruptedException {
        Journey journey = atTheGrant()
                .answer(
                        "exchange-online.grant",
                        new Answer.Blocked(
                                Journey.PERSON,
                                BlockReason.BLOCKED_BY_POLICY,
                                "AADSTS53003: Access has been blocked by Conditional Access policies."));
        assertThat(journey.ended(EXCHANGE).orElseThrow().reason()).contains(FailureReason.BLOCKED);
        assertExplained(journey, "conditional-access");
        assertThat(journey.explanation(EXCHANGE).orElseThrow().nextStep().ja()).contains("条件付きアクセスの管理者");
    }

    @Test
    void m365_1_whenTheRoleIsWrong_theEndNamesInactiveRoles() throws InterruptedException {
        Journey journey =
                atTheGrant().answer("exchange-online.grant", Answer.blocked(Journey.PERSON, BlockReason.WRONG_ROLE));
        assertExplained(journey, "consent-missing");
        assertThat(journey.explanation(EXCHANGE).orElseThrow().nextStep().en()).contains("PIM");
    }

    @Test
    void m365_1_whenTheRoleIsReadAndMissing_theEndNamesInactiveRoles() throws Exception {
        try (GraphServer graph = new GraphServer().roles()) {
            GraphConnection connection = graph.connection();
            Journey journey = Journey.activating(
                    Known.request(EXCHANGE, CloudService.ONEDRIVE).build(), c -> Optional.of(connection));
            assertThat(journey.ended(EXCHANGE).orElseThrow().reason()).contains(FailureReason.PREFLIGHT);
            assertExplained(journey, "not-global-administrator");
            assertThat(journey.explanation(EXCHANGE).orElseThrow().message().ja())
                    .contains("PIM");
            assertThat(journey.ended(CloudService.ONEDRIVE)).isPresent();
        }
    }

    @Test
    void m365_1_whenTheConnectionMayNotRead_thePersonIsAskedAsEver() throws Exception {
        try (GraphServer graph = new GraphServer()) {
            graph.on("/organization", GraphServer.error(403, "Authorization_RequestDenied"));
            GraphConnection connection = graph.connection();
            Journey journey = Journey.activating(Known.request(EXCHANGE).build(), c -> Optional.of(connection));
            assertThat(journey.openSteps()).containsExactly("exchange-online.global-administrator");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AADSTS65001: not consented, consent-missing",
        "AADSTS90094, consent-missing",
        "error=access_denied&error_description=AADSTS65004%3a+User+declined, consent-denied",
        "error=access_denied, consent-denied",
        "aadsts650052 tenant lacks the service, service-not-subscribed",
        "AADSTS50011, console-address",
        "AADSTS500113, vendors-app",
        "AADSTS50105, user-not-assigned",
        "AADSTS50076, second-factor",
        "AADSTS530032, conditional-access",
        "AADSTS50020, wrong-account",
        "AADSTS700016, app-or-tenant-unknown",
        "AADSTS90038, grant-in-another-cloud",
        "AADSTS50126, account-state",
        "AADSTS900941, consent-missing",
        "error=access_denied&error_description=AADSTS90093%3a+no+right, consent-missing",
        "error=permission_denied, consent-denied",
        "error=access_denied&error_description=AADSTS99999%3a+new, unknown-code",
        "AADSTS99999, unknown-code"
    })
    void m365_1_whenMicrosoftShowsACode_itIsExplained(String shown, String finding) {
        assertThat(AadstsCodes.finding(new Answer.Blocked(Journey.PERSON, BlockReason.OTHER, shown)))
                .contains(finding);
    }

    @ParameterizedTest
    @CsvSource({"53003", "''", "the page is white"})
    void m365_1_whenTheAnswerSaysNothingMore_nothingIsMadeOfIt(String shown) {
        assertThat(AadstsCodes.finding(new Answer.Blocked(Journey.PERSON, BlockReason.PAGE_ERROR, shown)))
                .isEmpty();
        assertThat(AadstsCodes.finding(Answer.done(Journey.PERSON))).isEmpty();
    }

    private static Journey atTheGrant() throws InterruptedException {
        return Journey.activating(Known.request(EXCHANGE).build())
                .done("exchange-online.global-administrator")
                .readBefore();
    }

    private static void assertExplained(Journey journey, String finding) {
        Explanation said = journey.explanation(EXCHANGE).orElseThrow();
        assertThat(List.of(
                        said.message().ja(),
                        said.message().en(),
                        said.nextStep().ja(),
                        said.nextStep().en()))
                .containsExactly(
                        text(finding, Locale.JAPANESE),
                        text(finding, Locale.ENGLISH),
                        text(finding + ".next", Locale.JAPANESE),
                        text(finding + ".next", Locale.ENGLISH));
    }

    private static String text(String finding, Locale language) {
        return Labels.of(Edition.CONSOLE_2024_04, language)
                .fill(
                        Texts.load(Microsoft365Provisioners.class, "actions", language)
                                .get("fails." + finding),
                        List.of());
    }
}
