package io.github.kaitsu.dropbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.dropbox.internal.AppEvent;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The looks against a real Dropbox team; reads only. {@code KAITSU_LIVE_DROPBOX_TOKEN} is an access token of a team
 * administrator with {@link DropboxConnection#SCOPES}; {@code KAITSU_LIVE_DROPBOX_LINKED=true} says that the team is activated, so
 * that link and folders must be found.
 */
@EnabledIfEnvironmentVariable(
        named = "KAITSU_LIVE_DROPBOX_TOKEN",
        matches = ".+",
        disabledReason = "no access token of a Dropbox team in KAITSU_LIVE_DROPBOX_TOKEN")
class DropboxLiveIT {
    private final DropboxConnection connection = DropboxConnection.builder(
                    Steps.always(environment("KAITSU_LIVE_DROPBOX_TOKEN")))
            .build();

    private final DropboxProvisioner provisioner = DropboxProvisioner.create(customer -> Optional.of(connection));

    @Test
    void dropbox1_administratorTeamAndScopes_areRead() throws Exception {
        assertThat(look("admin", Map.of())).isInstanceOf(ProbeResult.Holds.class);
        assertThat(look("users", Map.of())).isInstanceOf(ProbeResult.Holds.class);
    }

    @Test
    void dropbox2_theTeamsLog_isReadForEveryKindOfLine() throws Exception {
        List<AppEvent> all = new ArrayList<>();
        for (AppEvent.Kind kind : AppEvent.Kind.values()) {
            connection.reads(VendorHttp.create()).appEvents(kind, all::add);
        }
        assertThat(all).as("our own app was linked, at least").isNotEmpty();
    }

    @Test
    void dropbox2_linkAndFolders_areReadWithoutTrouble() throws Exception {
        for (String step : List.of("app-linked", "folders")) {
            ProbeResult look = look(step, Map.of());
            assertThat(look).as(step).isNotInstanceOfAny(ProbeResult.NoAccess.class, ProbeResult.AccessLost.class);
            assertThat(look.toString()).as(step).doesNotContain("malformed_answer", "listing_does_not_end");
        }
    }

    @Test
    void dropbox2_whenTheTeamIsActivated_linkAndFoldersHold() throws Exception {
        assumeTrue(
                environment("KAITSU_LIVE_DROPBOX_LINKED").equals("true"),
                "KAITSU_LIVE_DROPBOX_LINKED does not say that this team is activated");
        ProbeResult linked = look("app-linked", Map.of());
        assertThat(linked).isInstanceOf(ProbeResult.Holds.class);
        assertThat(look("folders", ((ProbeResult.Holds) linked).facts())).isInstanceOf(ProbeResult.Holds.class);
    }

    private ProbeResult look(String step, Map<String, String> facts) throws InterruptedException {
        StepContext context = DropboxProvisionerTest.context(facts);
        return Steps.look(provisioner, context, "dropbox." + step, Clock.systemUTC());
    }

    private static String environment(String name) {
        return Optional.ofNullable(System.getenv(name)).orElse("");
    }
}
