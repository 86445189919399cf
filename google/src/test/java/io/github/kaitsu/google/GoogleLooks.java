package io.github.kaitsu.google;

import static io.github.kaitsu.CloudService.GMAIL;
import static io.github.kaitsu.CloudService.GOOGLE_DRIVE;
import static io.github.kaitsu.google.GoogleServer.APP;
import static io.github.kaitsu.google.GoogleServer.NOW;
import static io.github.kaitsu.google.GoogleServer.activity;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Sentences;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Looks at a Google of the test's making. */
abstract class GoogleLooks {
    static final CustomerId CUSTOMER =
            Given.request(Edition.CONSOLE_2024_04, List.of(), GOOGLE_DRIVE).customer();
    static final String BEFORE = "2026-11-20T23:00:00.000Z"; // the run begins at NOW
    static final String BEFORE_READ = "2026-11-20T23:00:00Z";
    static final String ADMIN = "admin@example.com";
    static final String AFTER = "2026-11-21T00:10:00.000Z";
    static final String MAIL = "https://www.googleapis.com/auth/gmail.modify";
    static final String OF_DRIVE = "https://www.googleapis.com/auth/drive";
    static final Map<String, String> PINNED = Map.of("tenant.GOOGLE", "C012");

    GoogleServer google;
    GoogleAppSigns signs = GoogleAppSigns.ofDefaults();

    @BeforeEach
    void start() throws Exception {
        google = new GoogleServer();
    }

    @AfterEach
    void stop() throws Exception {
        google.close();
    }

    static String grants(String client, String name, String... scopes) {
        return "{\"items\":[{\"clientId\":\"" + client + "\",\"displayText\":\"" + name + "\",\"scopes\":[\""
                + String.join("\",\"", scopes) + "\"]}]}";
    }

    static String authorized(String time, String... scopes) {
        return activity(
                time, "-5", "authorize", "app_name", APP, "client_id", "900", "scope", String.join(" ", scopes));
    }

    static String use(String time) {
        return activity(
                time,
                "-9",
                "allow_token_impersonation",
                "service_account",
                "cas@cas.iam.gserviceaccount.com",
                "configuration_source",
                "GOOGLE_WORKSPACE_MARKETPLACE");
    }

    static String licences(String sku, String next) {
        return "{\"items\":[{\"userId\":\"a@b\",\"skuId\":\"" + sku + "\"}],\"nextPageToken\":\"" + next + "\"}";
    }

    static void assertFails(String reason, ProbeResult look) {
        assertThat(look).isInstanceOf(ProbeResult.Fails.class);
        assertThat(look.seen().code()).isEqualTo(reason);
    }

    static Map<String, String> holding(ProbeResult look) {
        assertThat(look).isInstanceOf(ProbeResult.Holds.class);
        return ((ProbeResult.Holds) look).facts();
    }

    final ProbeResult look(String name, Map<String, String> facts) throws InterruptedException {
        return said(step(name, facts).check().probe().orElseThrow().look(context(facts)));
    }

    final ProbeResult gmail(String name, Map<String, String> facts) throws InterruptedException {
        GoogleConnection connection = google.connection(signs);
        StepContext context = Given.knowing(facts, GMAIL);
        return said(Steps.look(
                GmailProvisioner.create(c -> Optional.of(connection)), context, "gmail." + name, GoogleServer.CLOCK));
    }

    static ProbeContext context(Map<String, String> facts) {
        return new ProbeContext(CUSTOMER, Facts.of(facts), GoogleServer.CLOCK, NOW);
    }

    final ActivationStep step(String name, Map<String, String> facts) {
        GoogleConnection connection = google.connection(signs);
        GoogleDriveProvisioner drive = GoogleDriveProvisioner.create(c -> Optional.of(connection));
        return Steps.step(Steps.all(drive, Given.knowing(facts, GOOGLE_DRIVE)), "google-drive." + name);
    }

    /** Whatever is seen can be said in both languages, with all that it speaks of. */
    private static ProbeResult said(ProbeResult look) {
        for (Locale language : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            String sentence = Sentences.say(GoogleProvisioners.class, look.seen(), Edition.CONSOLE_2024_07, language);
            assertThat(sentence)
                    .as(look.seen().code())
                    .contains(look.seen().quote())
                    .doesNotContainPattern("\\{\\d}");
            look.seen().arguments().forEach(argument -> assertThat(sentence).contains(argument));
        }
        return look;
    }
}
