package io.github.kaitsu.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView.Explanation;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a provider makes of the answer that a grant was not given. */
class RefusedGrantTest {
    private static final CloudService BOX = CloudService.BOX;

    @Test
    void grant_whenTheProviderKnowsWhyItWasRefused_theEndSaysSo() throws InterruptedException {
        assertThat(explanation("sim-refusal")).hasValueSatisfying(e -> {
            assertThat(e.message().ja()).isEqualTo("同意されませんでした。");
            assertThat(e.nextStep().en()).isEqualTo("Ask again.");
        });
    }

    @Test
    void grant_whenTheProviderHasNoWordsForIt_nothingIsAdded() throws InterruptedException {
        assertThat(explanation("unheard-of")).isEmpty();
        assertThat(explanation(null)).isEmpty();
    }

    private static Optional<Explanation> explanation(String finding) throws InterruptedException {
        Simulation simulation = new Simulation(8, 0);
        simulation.person.declines = BOX;
        simulation.services = List.of(BOX);
        try (ActivationClient client = ActivationClient.builder()
                .provisioner(new Explaining(simulation.provisioners.get(BOX), Optional.ofNullable(finding)))
                .store(simulation.store)
                .operator(simulation.person)
                .clock(simulation.clock)
                .build()) {
            client.begin(simulation.id, simulation.request());
            client.advance(simulation.id);
            while (simulation.person.hasWork()) {
                simulation.person.doOne(client);
                client.advance(simulation.id);
            }
            return client.find(simulation.id)
                    .orElseThrow()
                    .view()
                    .service(BOX)
                    .orElseThrow()
                    .explanation();
        }
    }

    private record Explaining(ServiceAccountProvisioner box, Optional<String> found)
            implements ServiceAccountProvisioner {
        @Override
        public CloudService service() {
            return box.service();
        }

        @Override
        public List<ActivationStep> steps(StepContext context) {
            return box.steps(context);
        }

        @Override
        public ActionTemplate grant(StepContext context) {
            return ActionTemplate.change(RefusedGrantTest.class, "grant");
        }

        @Override
        public String grantRule() {
            return box.grantRule();
        }

        @Override
        public List<ActivationStep> removalSteps(StepContext context) {
            return box.removalSteps(context);
        }

        @Override
        public List<Notice> notices(StepContext context) {
            return box.notices(context);
        }

        @Override
        public Optional<String> finding(Answer refusal) {
            return refusal instanceof Answer.Declined ? found : Optional.empty();
        }

        @Override
        public Notice prerequisite() {
            return box.prerequisite();
        }
    }
}
