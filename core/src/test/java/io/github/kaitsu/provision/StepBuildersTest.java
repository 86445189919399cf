package io.github.kaitsu.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Phase;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.text.Texts;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepBuildersTest {
    private static final URI PAGE = URI.create("https://app.box.com");
    private static final ActionTemplate TEMPLATE = ActionTemplate.builder(ActionTemplate.Kind.DO, Texts.class, "grant")
            .variant("policies")
            .form(AnswerForm.consoleText(List.of()))
            .link(PAGE)
            .values(Map.of("console.appId", "1"))
            .arguments("Box")
            .acceptedBlocks(Set.of(BlockReason.PAGE_REFUSES))
            .build();
    private static final StepId ID = StepId.of(CloudService.BOX, "folders");
    private static final ActivationStep STEP = ActivationStep.builder(
                    ID, "BOX-2", Phase.POST_SETUP, Texts.class, "folders", Check.asking(TEMPLATE))
            .after(List.of(new StepId("box.grant")))
            .required(false)
            .action(TEMPLATE)
            .patience(ProbeTiming.of(Duration.ofMinutes(1), Duration.ofMinutes(2)))
            .build();

    @Test
    void template_builtAnew_keepsWhatIsNotChanged() {
        assertThat(TEMPLATE.toBuilder().build()).isEqualTo(TEMPLATE).hasSameHashCodeAs(TEMPLATE);
        assertThat(TEMPLATE.answered(AnswerForm.done()).link()).contains(PAGE);
        assertThat(TEMPLATE.answered(AnswerForm.done())).isNotEqualTo(TEMPLATE);
        assertThat(TEMPLATE.accepting().acceptedBlocks()).isEmpty();
        assertThat(TEMPLATE.toString()).contains("grant", "policies", "PAGE_REFUSES");
        assertThat(TEMPLATE.variantsIn(Edition.CONSOLE_2024_07)).containsExactlyInAnyOrder("policies", "2024-07");
    }

    @Test
    void template_thatIsOnlyNamed_isAnsweredWithDoneOrYesOrNo() {
        assertThat(ActionTemplate.change(Texts.class, "grant").form()).isEqualTo(AnswerForm.done());
        assertThat(ActionTemplate.question(Texts.class, "console").form()).isEqualTo(AnswerForm.yesOrNo());
    }

    @Test
    void common7_theGrantInTheConsole_bearsThePoliciesOfTheRequest_ofWhichNoneIsValid() {
        ActivationRequest request = ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                .build();
        ActionTemplate plain = ActionTemplate.forConsole(
                Texts.class, CloudService.BOX, new StepContext(request, Edition.AUTO, Facts.none()).policies(), "A");
        assertThat(plain.policies()).isEmpty();
        assertThat(plain.variants()).containsExactly("box");
        assertThat(plain.copyingPolicies()).isEqualTo(plain);

        ActivationRequest with = request.toBuilder().policies(List.of("P", "Q")).build();
        ActionTemplate grant = ActionTemplate.forConsole(
                Texts.class, CloudService.BOX, new StepContext(with, Edition.AUTO, Facts.none()).policies(), "A");
        assertThat(grant.policies()).containsExactly("P", "Q");
        assertThat(grant.variants()).containsExactlyInAnyOrder("box", "policies");
        assertThat(grant.arguments()).containsExactly("A", "P / Q");
        assertThat(grant.copyingPolicies().values()).containsExactly(Map.entry("console.selectPolicy", "P / Q"));
        assertThat(grant.at(PAGE).policies()).isEqualTo(grant.policies());
    }

    @Test
    void template_whoseValuesAreChangedAfterwards_keepsThem_inTheirOrder() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("sharepoint.appId", "1");
        values.put("console.appId", "2");
        ActionTemplate template = TEMPLATE.copying(values);
        values.clear();

        assertThat(template.values().keySet()).containsExactly("sharepoint.appId", "console.appId");
    }

    @Test
    void step_builtAnew_keepsWhatIsNotChanged() {
        assertThat(STEP.toBuilder().build()).isEqualTo(STEP).hasSameHashCodeAs(STEP);
        assertThat(STEP.after(new StepId("box.switch")).after()).containsExactly(new StepId("box.switch"));
        assertThat(STEP.after(new StepId("box.switch")).action()).contains(TEMPLATE);
        assertThat(STEP.patient(ProbeTiming.none()).required()).isFalse();
        assertThat(STEP.toBuilder().check(Check.attestedByDoing()).build()).isNotEqualTo(STEP);
    }

    @Test
    void context_ofARemoval_hasNoActivationAndNoPolicies() {
        CustomerId customer = CustomerId.of(ConsoleSite.JP, "CAS0001");
        ActivationRequest activation =
                ActivationRequest.builder(customer).policies(List.of("P")).build();
        RemovalRequest removal =
                RemovalRequest.builder(customer).services(CloudService.BOX).build();

        assertThat(new StepContext(activation, Edition.AUTO, Facts.none()).activation())
                .contains(activation);
        assertThat(new StepContext(activation, Edition.AUTO, Facts.none()).policies())
                .containsExactly("P");
        assertThat(new StepContext(removal, Edition.AUTO, Facts.none()).activation())
                .isEmpty();
        assertThat(new StepContext(removal, Edition.AUTO, Facts.none()).policies())
                .isEmpty();
    }
}
