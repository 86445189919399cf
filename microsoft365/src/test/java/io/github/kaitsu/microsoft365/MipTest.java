package io.github.kaitsu.microsoft365;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Notice;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Microsoft Information Protection (MIP-1). */
class MipTest {
    private static final String HELP = "https://docs.trendmicro.com/ja-jp/enterprise/cloud-app-security-online-help/";
    private static final ActivationRequest ALONE =
            Known.request(CloudService.MIP).build();

    @Test
    void mip1_whenMipIsRequestedAlone_anotherServiceMustBeGrantedAlready() throws InterruptedException {
        Journey journey = Journey.activating(ALONE);

        assertThat(journey.openSteps())
                .containsExactlyInAnyOrder("mip.global-administrator", "mip.other-service", "mip.licence");
        journey.saw("mip.other-service", "no");
        assertThat(journey.ended(CloudService.MIP)).isPresent();
    }

    @Test
    void mip1_whenAnotherServiceIsRequested_mipComesAfterItIsProtected() {
        List<ActivationStep> steps = steps(
                Known.request(CloudService.MIP, CloudService.BOX, CloudService.ONEDRIVE, CloudService.MICROSOFT_TEAMS)
                        .build(),
                Map.of());

        assertThat(Known.ids(steps)).doesNotContain("mip.other-service", "mip.global-administrator");
        assertThat(Steps.step(steps, "mip.case").after()).contains(new StepId("onedrive.protected"));
    }

    @Test
    void mip1_whenAnyOtherServiceIsListed_mipDoesNotWaitForTheFirst() {
        ActivationRequest request = Known.request(CloudService.ONEDRIVE, CloudService.MICROSOFT_TEAMS, CloudService.MIP)
                .build();

        assertThat(Steps.step(steps(request, Map.of("console.listed", "BOX,MICROSOFT_TEAMS")), "mip.case")
                        .after())
                .containsExactly(new StepId("mip.licence"));
        assertThat(Steps.step(steps(request, Map.of("console.listed", "BOX")), "mip.case")
                        .after())
                .contains(new StepId("onedrive.protected"));
    }

    @Test
    void mip1_whenTheLicenceIsAskedFor_theFittingOnesAreNamed() {
        ActionTemplate question = Steps.step(steps(ALONE, Map.of()), "mip.licence")
                .check()
                .question()
                .orElseThrow();

        assertThat(question.form()).isEqualTo(AnswerForm.yesOrNo());
        assertThat(Known.render(question).why(Locale.JAPANESE)).contains("Microsoft 365 E3/E5", "Office 365 E3/E5");
    }

    @Test
    void mip1_whenTheCaseIsAskedFor_itIsOneOfThree() {
        ActionTemplate question = Steps.step(steps(ALONE, Map.of()), "mip.case")
                .check()
                .question()
                .orElseThrow();

        assertThat(question.form()).isEqualTo(AnswerForm.choice("first-time", "rms", "policy-only"));
    }

    @ParameterizedTest
    @CsvSource({
        "first-time, provisioning/provisioning-for-mic/using-an-account-for/provisioning-microso.aspx, 追加",
        "rms, provisioning/provisioning-for-mic/using-an-account-for/migrating-to-a-micro.aspx, 移行",
        "policy-only, advanced-threat-prot_001/adding-atp-policies/general.aspx, 何も変更せずに",
        "RMS, provisioning/provisioning-for-mic/using-an-account-for/migrating-to-a-micro.aspx, 移行"
    })
    void mip1_whenTheCaseIsKnown_theGrantIsItsOwnWithTheHelpToIt(String which, String help, String word) {
        OperatorAction grant = Known.render(
                Known.provisioner(CloudService.MIP).grant(Known.context(ALONE, Map.of("answer.mip.case", which))));

        String text = grant.why(Locale.JAPANESE) + String.join("\n", grant.instructions(Locale.JAPANESE));
        assertThat(text).contains(HELP + help, word);
    }

    @Test
    void mip1_whenOnlyThePoliciesAreLeft_noConsentIsAskedFor() {
        OperatorAction look = Known.render(Known.provisioner(CloudService.MIP)
                .grant(Known.context(ALONE, Map.of("answer.mip.case", "policy-only"))));

        assertThat(String.join("\n", look.instructions(Locale.JAPANESE))).doesNotContain("承諾", "追加");
    }

    @Test
    void mip1_whenMipIsLinked_thePoliciesAreStillToBeSet() {
        ActivationStep policy = Steps.step(steps(ALONE, Map.of()), "mip.policy");

        assertThat(policy.phase()).isEqualTo(Phase.POST_SETUP);
        assertThat(policy.required()).isTrue();
        assertThat(policy.action().orElseThrow().link())
                .contains(URI.create(HELP + "advanced-threat-prot_001/adding-atp-policies/general.aspx"));
    }

    @Test
    void mip1_whenMipIsPlanned_whoNeedsItAndWhatBlocksItsRemovalAreSaid() {
        assertThat(Known.provisioner(CloudService.MIP).notices(Known.context(ALONE)))
                .extracting(Notice::key)
                .containsExactly("notice.permissions", "notice.mip-only-if-used", "notice.mip-removal");
    }

    private static List<ActivationStep> steps(ActivationRequest request, Map<String, String> facts) {
        return Known.provisioner(CloudService.MIP).steps(Known.context(request, facts));
    }
}
