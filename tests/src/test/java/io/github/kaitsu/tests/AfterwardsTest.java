package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.StepId;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.sandbox.internal.View;
import io.github.kaitsu.sandbox.internal.Visitor;
import io.github.kaitsu.store.MemoryActivationStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes after the activation: drift, removal, and activation once more. */
class AfterwardsTest {
    private static final String TEMP = "trendmicro_cas_temp__dont_change_or_delete";

    @TempDir
    Path folder;

    @Test
    void box7_whenAFolderIsDeleted_verifySaysLost_andWhatIsAttestedIsAskedAgainWhenOld() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Customer customer = Customer.of(sandbox);
            Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
            try (ActivationClient client =
                    customer.client(new MemoryActivationStore(), person).build()) {
                client.begin(Run.ID, customer.request(List.of(CloudService.BOX, CloudService.DROPBOX)));
                Run.assertProtected(Run.toItsEnd(client, Run.ID, person, customer));
                int events = client.events(Run.ID).size();

                DriftReport before = client.verify(customer.id());
                assertThat(before.hasDrift()).isFalse();
                assertThat(verdict(before, "folders")).contains(Verdict.HOLDS);
                assertThat(verdict(before, "mute-folder")).contains(Verdict.ATTESTED);

                deleteBoxFolder(sandbox);
                sandbox.clock().advance(Duration.ofDays(100));
                DriftReport after = client.verify(customer.id());
                assertThat(after.hasDrift()).isTrue();
                assertThat(verdict(after, "folders")).contains(Verdict.LOST);
                assertThat(verdict(after, "mute-folder")).contains(Verdict.ASK_AGAIN);
                assertThat(verdict(after, "admin")).contains(Verdict.HOLDS);
                assertThat(client.events(Run.ID)).as("writes nothing").hasSize(events);
            }
        }
    }

    private static Optional<Verdict> verdict(DriftReport report, String step) {
        return report.findings().stream()
                .filter(f -> f.step().equals(StepId.of(CloudService.BOX, step)))
                .map(DriftReport.Finding::verdict)
                .findFirst();
    }

    private static void deleteBoxFolder(Sandbox sandbox) {
        Visitor somebody = new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE);
        View signIn = somebody.open(sandbox.box() + "/folder/0");
        String password = sandbox.password(CloudService.Provider.BOX);
        View files = somebody.press(signIn, "承認", Map.of("メールアドレス", sandbox.administrator(), "パスワード", password));
        somebody.press(somebody.follow(files, TEMP), "削除");
    }

    @Test
    void removal_ofAllServices_clearsWhatTheVendorLeaves_andTheyCanBeActivatedAgain() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().state(folder).start()) {
            Customer customer = Customer.of(sandbox);
            Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
            try (ActivationClient client =
                    customer.client(new MemoryActivationStore(), person).build()) {
                client.begin(Run.ID, customer.request(CloudService.standard()));
                Run.assertProtected(Run.toItsEnd(client, Run.ID, person, customer));

                ActivationId removal = ActivationId.of("removal");
                client.beginRemoval(removal, customer.id(), EnumSet.copyOf(CloudService.standard()));
                ActivationView removed = Run.toItsEnd(client, removal, person, customer);
                assertThat(removed.services())
                        .allSatisfy(s -> assertThat(s.status())
                                .as("%s: %s", s.service(), s.detail())
                                .isEqualTo(ActivationStatus.REMOVED));

                SandboxLog log = SandboxLog.read(folder);
                assertThat(log.changes("Removed")).hasSize(8);
                assertThat(log.changes("BoxDeleted")).hasSize(3);
                assertThat(log.changes("DropboxAppClosed")).hasSize(1);
                assertThat(log.changes("GoogleAppSet")).hasSize(2);
                assertThat(log.changes("AppDistrusted")).hasSize(1);
                assertThat(new HashSet<>(log.changes("ClearedAway").stream()
                                .map(l -> l.at("/data/leftover").asText() + " "
                                        + l.at("/data/service").asText())
                                .toList()))
                        .containsExactlyInAnyOrder(
                                "ACCESS BOX",
                                "FOLDERS DROPBOX",
                                "FOLDERS GOOGLE_DRIVE",
                                "ACCESS GMAIL",
                                "ACCESS GOOGLE_DRIVE",
                                "ACCESS EXCHANGE_ONLINE",
                                "ACCESS SHAREPOINT_ONLINE",
                                "ACCESS ONEDRIVE",
                                "ACCESS MICROSOFT_TEAMS");

                ActivationId again = ActivationId.of("again");
                client.begin(again, customer.request(CloudService.standard()));
                Run.assertProtected(Run.toItsEnd(client, again, person, customer));
                assertThat(sandbox.summary().grants().values()).hasSize(8).containsOnly(2);
                assertThat(sandbox.summary().violations()).isEmpty();
            }
        }
        SandboxLog.read(folder).assertOneAtATime();
    }
}
