package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.console.OpeningMail;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.report.PlanReport;
import io.github.kaitsu.sandbox.Fault;
import io.github.kaitsu.sandbox.Faults;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.vendor.AccessTokens;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * COMMON-2, COMMON-4: over a whole activation with a failing Box, its drift check and its removal, no output holds a secret: logs at
 * every level, standard output, the store's files, views, reports, plans, exceptions.
 */
@Isolated
class SecretsTest {
    private static final List<String> LIBRARIES = List.of(
            "io.github.kaitsu", "com.box", "com.dropbox", "com.google", "com.microsoft", "okhttp3", "jdk.httpclient");

    @TempDir
    Path folder;

    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final Set<String> granted = Collections.synchronizedSet(new LinkedHashSet<>());

    @Test
    void noOutput_holdsASecret() throws Exception {
        StringBuilder javaLogs = new StringBuilder();
        Handler handler = keeping(javaLogs);
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream both = new PrintStream(console, true, StandardCharsets.UTF_8);
        Set<String> secrets;
        RecordingLogs.listen();
        try {
            System.setOut(both);
            System.setErr(both);
            secrets = activate();
        } finally {
            System.setOut(out);
            System.setErr(err);
            LIBRARIES.forEach(l -> Logger.getLogger(l).removeHandler(handler));
        }
        List<String> lines = new ArrayList<>();
        RecordingLogs.stop().forEach(lines::add);
        keep("logs", String.join("\n", lines));
        keep("java.util.logging", javaLogs.toString());
        keep("standard output", console.toString(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                keep(file.toString(), Files.readString(file));
            }
        }
        assertThat(lines).as("log lines").hasSizeGreaterThan(20);
        assertThat(outputs.get("logs")).as("a look that failed").contains("IllegalStateException: the pool is closed");
        assertThat(outputs.values()).as("an API that failed").anyMatch(o -> o.contains("NoAccess["));
        assertThat(outputs).hasSizeGreaterThan(20);
        assertThat(secrets).as("what there is to find").hasSizeGreaterThan(25);
        for (String secret : secrets) {
            assertThat(secret).hasSizeGreaterThan(6); // T=… is the shortest
            outputs.forEach((where, text) -> assertThat(text.contains(secret))
                    .as("a secret of %d characters in %s", secret.length(), where)
                    .isFalse());
        }
    }

    /** @return the secrets there are to find */
    private Set<String> activate() throws Exception {
        Faults faults = Faults.seeded(8, 0.3);
        try (Sandbox sandbox = Sandbox.builder()
                .passwordNotSet()
                .faults(faults)
                .state(folder.resolve("sandbox"))
                .start()) {
            Customer customer = Customer.of(sandbox);
            Person person = new MoodyPerson(sandbox, 8, 0.2, null);
            AtomicBoolean closed = new AtomicBoolean(true);
            Path keyFile = folder.resolve("own.key");
            FileCredentialStore credentials =
                    FileCredentialStore.at(folder.resolve("store/credentials"), EncryptionKeys.createFile(keyFile));
            ConsentClient consents = consents(sandbox, customer, credentials);
            try (ActivationClient client = ActivationClient.builder()
                    .provisioners(new Connected(sandbox).provisioners(failingAtFirst(consents, closed)))
                    .store(FileActivationStore.at(folder.resolve("store")))
                    .operator(person)
                    .ownAccess(consents)
                    .clock(sandbox.clock())
                    .listener((id, entry) -> keep("event " + entry.number(), entry.toString()))
                    .build()) {
                keep(
                        "plan",
                        PlanReport.of(client.plan(customer.request(CloudService.standard()), PlanDepth.WITH_READS))
                                .text(Locale.JAPANESE));
                client.begin(
                        Run.ID,
                        ActivationRequest.builder(customer.id())
                                .keepForDrift(true)
                                .build());
                // a refused token and an answer that never ends, beside the random ones
                faults.next(2, "/2.0/users/me", new Fault.Answer(401, Map.of(), ""));
                faults.next(1, "/2.0/users", new Fault.Truncated());
                ActivationView view = Run.toItsEnd(client, Run.ID, person, customer);
                Run.assertProtected(view);
                keep("view", view.toString());
                for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
                    ActivationReport report = ActivationReport.of(view);
                    keep("report.md " + locale, report.markdown(locale));
                    keep("report.html " + locale, report.html(locale));
                    keep("report.json " + locale, report.json(locale));
                    keep("report.csv " + locale, report.csv(locale));
                }
                keep(
                        "exception 1",
                        catchThrowable(() -> client.answer(
                                Run.ID, new ActionId("console.password.1"), Answer.done("somebody else"))));
                keep(
                        "exception 2",
                        catchThrowable(() -> client.begin(Run.ID, customer.request(List.of(CloudService.BOX)))));
                sandbox.clock().advance(Duration.ofDays(61)); // no token is good any more
                keep("drift", client.verify(customer.id()).toString());
            }
            keep("keys", String.valueOf(EncryptionKeys.ofFile(keyFile)));
            OpeningMail mail = OpeningMail.parse(sandbox.openingMail());
            keep("opening mail", mail.toString());
            keep("minted", sandbox.mintTokens(CloudService.Provider.BOX).toString());
            keep(
                    "exception 3",
                    catchThrowable(() -> OpeningMail.parse(
                            sandbox.openingMail().replace("forgetpwd.trendmicro.com", "forgetpwd.example.com"))));
            return secrets(sandbox, mail);
        }
    }

    /** The administrator consents to the own app at all four providers. */
    private ConsentClient consents(Sandbox sandbox, Customer customer, FileCredentialStore credentials)
            throws InterruptedException {
        ScriptedPerson administrator = new ScriptedPerson(sandbox, "sato@example.co.jp");
        ConsentClient.Builder builder =
                ConsentClient.builder().store(credentials).clock(sandbox.clock());
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            builder.server(new RecordingServer(OwnConsent.server(sandbox, provider), granted));
        }
        ConsentClient consents = builder.build();
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            PendingConsent pending = consents.begin(ConsentRequest.builder(customer.id(), provider, OwnConsent.BACK)
                    .build());
            URI back = administrator.consent(pending.authorizationUrl()).orElseThrow();
            keep("consent " + provider, pending + " " + consents.complete(pending.id(), back));
            keep("consent again " + provider, String.valueOf(consents.complete(pending.id(), back)));
            keep("grant " + provider, String.valueOf(consents.grant(customer.id(), provider)));
        }
        return consents;
    }

    /** Box's connection cannot be had at its first use. */
    private static Connected.Way failingAtFirst(ConsentClient consents, AtomicBoolean closed) {
        return new Connected.Way() {
            @Override
            public <T> Connections<T> to(CloudService.Provider provider, Function<AccessTokens, T> connect) {
                Connections<T> good = consents.connections(provider, connect);
                return customer -> {
                    if (provider == CloudService.Provider.BOX && closed.getAndSet(false)) {
                        throw new IllegalStateException("the pool is closed");
                    }
                    return good.find(customer);
                };
            }
        };
    }

    private Set<String> secrets(Sandbox sandbox, OpeningMail mail) {
        Set<String> secrets = new LinkedHashSet<>(granted);
        secrets.add(sandbox.consolePassword());
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            secrets.add(sandbox.password(provider));
            sandbox.clientSecret(provider).ifPresent(secrets::add);
        }
        for (URI url : List.of(mail.passwordUrl(), mail.signInUrl())) {
            for (String pair : url.getRawQuery().split("&")) {
                secrets.add(pair); // T=…, v=…
                if (pair.length() > 12) {
                    secrets.add(pair.substring(2));
                }
            }
        }
        return secrets;
    }

    private void keep(String where, String text) {
        outputs.merge(where, text, (one, other) -> one + "\n" + other);
    }

    private void keep(String where, Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        keep(where, text.toString());
    }

    private static Handler keeping(StringBuilder text) {
        Handler handler = new Handler() {
            @Override
            public synchronized void publish(LogRecord record) {
                text.append(record.getMessage())
                        .append(' ')
                        .append(record.getThrown())
                        .append('\n');
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        handler.setLevel(Level.ALL);
        for (String library : LIBRARIES) {
            Logger.getLogger(library).addHandler(handler);
            Logger.getLogger(library).setLevel(Level.ALL);
        }
        return handler;
    }
}
