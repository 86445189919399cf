package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.cli.Kaitsu.Result;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.internal.View;
import io.github.kaitsu.sandbox.internal.Visitor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody takes away at a provider long after: {@code verify} says which protection is gone, and ends with 1. */
class DriftTest {
    @TempDir
    Path state;

    @Test
    void dropbox_theAppUnlinked() {
        activate("dropbox");
        change(sandbox -> atDropbox(sandbox, "/team/admin/settings/team_apps", "接続解除"));
        assertLost("DROPBOX");
    }

    @Test
    void dropbox_aFolderRemoved() {
        activate("dropbox");
        change(sandbox -> atDropbox(sandbox, "/home", "削除"));
        assertLost("DROPBOX");
    }

    @Test
    void google_theMarketplaceAppRemoved() {
        activate("gmail,drive");
        change(sandbox -> atGoogle(sandbox, "/ac/apps/marketplace", "アプリを削除"));
        assertLost("GMAIL");
    }

    @Test
    void google_aFolderRemoved() {
        activate("gmail,drive");
        change(sandbox -> atGoogle(sandbox, "/drive/my-drive", "削除"));
        assertLost("GOOGLE_DRIVE");
    }

    private void activate(String services) {
        Result activated = Kaitsu.json("activate", "--sandbox", "--services", services, "--state", state);
        assertThat(activated.statuses()).containsOnly("PROTECTED");
        Result fine = Kaitsu.json("verify", "--state", state);
        assertThat(fine.exit()).as(fine.out()).isEqualTo(Exits.SUCCESS);
    }

    /** Somebody does something at the provider, and its logs have told of it. */
    private void change(Consumer<Sandbox> what) {
        try (Sandbox sandbox = Sandbox.builder().state(state.resolve("sandbox")).start()) {
            what.accept(sandbox);
            sandbox.clock().advance(Duration.ofDays(1));
        }
    }

    private void assertLost(String service) {
        Result drifted = Kaitsu.json("verify", "--state", state);
        assertThat(drifted.exit()).as(drifted.out()).isEqualTo(Exits.FAILED);
        JsonNode drift = drifted.json().path("drift");
        assertThat(drift.findValuesAsText("service")).contains(service);
        assertThat(List.of(drift.findValuesAsText("message").toArray()))
                .allMatch(m -> !m.toString().isBlank());
        assertThat(Kaitsu.run("verify", "--state", state).out()).doesNotContain("No drift found.");
    }

    private static void atDropbox(Sandbox sandbox, String path, String button) {
        Visitor somebody = new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE);
        View page = somebody.open(URI.create(sandbox.dropbox() + path));
        page = somebody.press(page, "続行", Map.of("メールアドレス", sandbox.administrator()));
        page = somebody.press(page, "ログイン", Map.of("パスワード", sandbox.password(CloudService.Provider.DROPBOX)));
        somebody.press(page, button);
    }

    private static void atGoogle(Sandbox sandbox, String path, String button) {
        Visitor somebody = new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE);
        View page = somebody.open(URI.create(sandbox.google() + path));
        page = somebody.press(page, "次へ", Map.of("メールアドレス", sandbox.administrator()));
        page = somebody.press(page, "次へ", Map.of("パスワード", sandbox.password(CloudService.Provider.GOOGLE)));
        somebody.press(page, button);
    }
}
