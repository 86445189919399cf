package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.consent.AuthorizationServer.Code;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.sandbox.Fault;
import io.github.kaitsu.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Over a consent, a refresh, refusals and a revocation no log at any level, of ours or of a vendor's library, no standard output,
 * text or exception holds a code, a verifier, a token or a client secret.
 */
@Isolated
@Timeout(120)
class OwnConsentSecretsTest {
    private static final List<String> LIBRARIES = List.of(
            "io.github.kaitsu", "com.box", "com.dropbox", "com.google", "com.microsoft", "okhttp3", "jdk.httpclient");

    private final Set<String> secrets = new HashSet<>();
    private final StringBuilder texts = new StringBuilder();

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void noOutput_holdsASecret(CloudService.Provider provider) throws Exception {
        StringBuilder javaLogs = new StringBuilder();
        Handler handler = keeping(javaLogs);
        List<Logger> loggers = LIBRARIES.stream().map(Logger::getLogger).toList();
        loggers.forEach(logger -> {
            logger.setLevel(Level.ALL);
            logger.addHandler(handler);
        });
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(console, true, StandardCharsets.UTF_8);
        PrintStream out = System.out;
        PrintStream err = System.err;
        RecordingLogs.listen();
        LoggerFactory.getLogger(getClass()).info("somebody listens");
        try {
            System.setOut(both);
            System.setErr(both);
            consent(provider);
        } finally {
            System.setOut(out);
            System.setErr(err);
            loggers.forEach(logger -> {
                logger.setLevel(null);
                logger.removeHandler(handler);
            });
        }
        List<String> lines = new ArrayList<>();
        RecordingLogs.stop().forEach(lines::add);
        assertThat(lines).anyMatch(line -> line.contains("somebody listens"));
        String all = String.join("\n", lines) + javaLogs + console.toString(StandardCharsets.UTF_8) + texts;
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(5);
        for (String secret : secrets) {
            assertThat(secret).hasSizeGreaterThan(12);
            assertThat(all.contains(secret))
                    .as("a secret of %d characters", secret.length())
                    .isFalse();
        }
    }

    private void consent(CloudService.Provider provider) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            sandbox.clientSecret(provider).ifPresent(secrets::add);
            OwnConsent consent = new OwnConsent(sandbox, provider);
            Code code = consent.code();
            secrets.add(code.value());
            code.verifier().ifPresent(secrets::add);
            TokenGrant grant = keep(consent.server.redeem(code));
            fails(() -> consent.server.redeem(code));
            TokenGrant renewed = keep(consent.server.refresh(grant));
            for (Fault fault : List.of(
                    new Fault.Malformed(),
                    new Fault.Truncated(),
                    new Fault.Reset(),
                    Fault.serverError(500),
                    new Fault.Answer(200, Map.of("Content-Type", "application/json"), "{\"access_token\":1}"),
                    new Fault.Answer(400, Map.of(), "{\"error\":\"" + renewed.accessToken() + " is no good\"}"))) {
                sandbox.faults().nextToken(1, provider, fault);
                fails(() -> consent.server.refresh(renewed));
            }
            TokenGrant nobodys = new TokenGrant(
                    "nobodys-access-token", Optional.empty(), Optional.of("nobodys-refresh-token"), Set.of("openid"));
            keep(nobodys);
            fails(() -> consent.server.refresh(nobodys));
            fails(() -> consent.server.identify(nobodys));
            fails(() -> {
                consent.server.revoke(renewed);
                throw new IllegalStateException("revoked");
            });
            texts.append(consent.server).append(code).append(grant).append(renewed);
        }
    }

    private TokenGrant keep(TokenGrant grant) {
        secrets.add(grant.accessToken());
        grant.refreshToken().ifPresent(secrets::add);
        return grant;
    }

    private interface Call {
        void make() throws Exception;
    }

    private void fails(Call call) {
        Throwable thrown = catchThrowable(call::make);
        assertThat(thrown).isNotNull();
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        texts.append(trace);
    }

    private static Handler keeping(StringBuilder lines) {
        return new Handler() {
            @Override
            public synchronized void publish(LogRecord line) {
                lines.append(line.getLevel())
                        .append(' ')
                        .append(line.getMessage())
                        .append('\n');
                if (line.getThrown() != null) {
                    StringWriter trace = new StringWriter();
                    line.getThrown().printStackTrace(new PrintWriter(trace));
                    lines.append(trace);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
