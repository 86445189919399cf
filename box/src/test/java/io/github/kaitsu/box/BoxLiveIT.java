package io.github.kaitsu.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.StepContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every look once against a real Box enterprise, reading only; skipped without credentials. See docs/live-sandboxes.md. */
class BoxLiveIT {
    private static final String TOKEN = "KAITSU_LIVE_BOX_TOKEN";

    @BeforeEach
    void needsCredentials() {
        assumeTrue(System.getenv(TOKEN) != null, TOKEN + " is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "users", "root-creation", "folders", "group"})
    void box_answersEachLookInTheShapeThatIsExpected(String name) throws Exception {
        BoxConnection connection =
                BoxConnection.builder(Steps.always(System.getenv(TOKEN))).build();
        BoxProvisioner box = BoxProvisioner.create(customer -> Optional.of(connection));
        StepContext context = BoxProvisionerTest.context(Map.of(), Edition.AUTO, List.of());
        ProbeResult look = Steps.look(box, context, "box." + name, Clock.systemUTC());
        assertThat(look.toString()).doesNotContain("malformed_answer", ", 400]", ", 404]", "vendor-silent");
        if (name.equals("admin")) {
            assertThat(look).isInstanceOf(ProbeResult.Holds.class);
        }
    }
}
