package io.github.kaitsu.google;

import static io.github.kaitsu.CloudService.GOOGLE_DRIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.auth.oauth2.GoogleCredentials;
import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.AccessTokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every look once against a real Google Workspace, reading only; skipped without credentials. See docs/live-sandboxes.md. */
class GoogleLiveIT {
    private static final Map<String, String> ENV = System.getenv();

    @BeforeEach
    void needsCredentials() {
        assumeTrue(
                ENV.containsKey("KAITSU_LIVE_GOOGLE_TOKEN")
                        || (ENV.containsKey("KAITSU_LIVE_GOOGLE_KEY") && ENV.containsKey("KAITSU_LIVE_GOOGLE_ADMIN")),
                "neither KAITSU_LIVE_GOOGLE_TOKEN nor KAITSU_LIVE_GOOGLE_KEY and KAITSU_LIVE_GOOGLE_ADMIN are set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "users", "policies", "editions", "marketplace", "access", "folders"})
    void google_answersEachLookInTheShapeThatIsExpected(String name) throws Exception {
        GoogleConnection connection = GoogleConnection.builder(tokens()).build();
        Facts facts = Facts.of(Map.of(
                "tenant.GOOGLE",
                connection
                        .reads(Given.HTTP)
                        .account(connection.reads(Given.HTTP).me())
                        .customer()));
        StepContext context = new StepContext(
                Given.request(Edition.CONSOLE_2024_07, List.of(), GOOGLE_DRIVE), Edition.CONSOLE_2024_07, facts);
        ProbeResult look = Steps.look(
                GoogleDriveProvisioner.create(c -> Optional.of(connection)),
                context,
                "google-drive." + name,
                Clock.systemUTC());
        assertThat(look.seen().code()).isNotEqualTo("vendor-silent");
        assertThat(look.seen().quote()).isNotEqualTo("malformed_answer");
        assertThat(look.seen().arguments()).doesNotContain("400", "404");
        if (name.equals("admin")) {
            assertThat(look).isInstanceOf(ProbeResult.Holds.class);
        }
    }

    private static AccessTokens tokens() throws IOException {
        String token = ENV.get("KAITSU_LIVE_GOOGLE_TOKEN");
        if (token != null) {
            return Steps.always(token);
        }
        try (InputStream key = Files.newInputStream(Path.of(ENV.get("KAITSU_LIVE_GOOGLE_KEY")))) {
            return GoogleAccessTokens.of(
                    GoogleCredentials.fromStream(key)
                            .createScoped(GoogleScopes.all())
                            .createDelegated(ENV.get("KAITSU_LIVE_GOOGLE_ADMIN")),
                    Clock.systemUTC());
        }
    }
}
