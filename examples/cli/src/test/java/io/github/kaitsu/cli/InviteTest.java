package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kaitsu invite}: mints a link, serves its page over HTTP, and takes the link back. */
@Timeout(120)
class InviteTest {
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    @Test
    void aLink_isMinted_answeredThroughAndRevoked(@TempDir Path folder) throws Exception {
        Kaitsu.run(
                "activate",
                "--sandbox",
                "--services",
                "box",
                "--company",
                "株式会社サンプル商事",
                "--state",
                folder,
                "--operator",
                "none");
        PipedInputStream read = new PipedInputStream(1 << 16);
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread server = serve(folder, read, exit);
        URI base = URI.create(printed(read).get("address").asText());

        JsonNode minted = Kaitsu.json(
                        "invite",
                        "activation-1",
                        "--role",
                        "console",
                        "--base-url",
                        base,
                        "--invited",
                        "佐藤",
                        "--state",
                        folder)
                .json();
        URI link = URI.create(minted.get("link").asText());
        assertThat(minted.get("role").asText()).isEqualTo("CONSOLE");
        Document work = send(link, Jsoup.parse(get(link).body()), "ready", "");
        assertThat(work.text()).contains("株式会社サンプル商事", "佐藤");
        Document next = send(
                link,
                work,
                "answer",
                "&answer=done&action=" + work.selectFirst("form [name=action]").val());
        assertThat(next.selectFirst("form [name=action]").val())
                .as("the run was brought forward")
                .isNotEqualTo(work.selectFirst("form [name=action]").val());
        assertThat(Kaitsu.json("status", "--state", folder).out()).contains("佐藤");

        JsonNode listed = Kaitsu.json("invite", "--state", folder).json().get("invitations");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("state").asText()).isEqualTo("OPEN");
        assertThat(Kaitsu.run("invite", "--revoke", minted.get("id").asText(), "--state", folder)
                        .exit())
                .isZero();
        assertThat(get(link).statusCode()).isEqualTo(410);

        server.interrupt(); // as Ctrl-C does, but for the JVM's end
        assertThat(exit.get()).isZero();
    }

    private static Thread serve(Path folder, PipedInputStream read, CompletableFuture<Integer> exit) throws Exception {
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new PipedOutputStream(read), true, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                Io.Terminal.NONE,
                Io.Terminal.NONE,
                Map.of("LANG", "en_US.UTF-8"));
        Thread server = new Thread(
                () -> exit.complete(Main.run(io, "invite", "--serve", "0", "--json", "--state", folder.toString())));
        server.start();
        return server;
    }

    private static JsonNode printed(PipedInputStream read) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).contains("}")) {
            bytes.write(read.read());
        }
        return new ObjectMapper().readTree(bytes.toByteArray());
    }

    private HttpResponse<String> get(URI link) throws Exception {
        return http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString());
    }

    private Document send(URI link, Document page, String what, String more) throws Exception {
        String csrf = URLEncoder.encode(page.selectFirst("[name=csrf]").val(), StandardCharsets.UTF_8);
        HttpResponse<String> reply = http.send(
                HttpRequest.newBuilder(link)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("do=" + what + "&csrf=" + csrf + more))
                        .build(),
                BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(200);
        return Jsoup.parse(reply.body());
    }

    @Test
    void whatIsNoLink_isRefusedWithWhatToDo(@TempDir Path folder) {
        Kaitsu.run("activate", "--sandbox", "--services", "box", "--state", folder, "--operator", "none");

        for (Object[] wrong : new Object[][] {
            {"invite", "--role", "box", "--state", folder},
            {"invite", "--base-url", "https://a.example", "--state", folder},
            {"invite", "--role", "host", "--base-url", "https://a.example", "--state", folder},
            {"invite", "--role", "everybody", "--base-url", "https://a.example", "--state", folder},
            {"invite", "--role", "box", "--base-url", "javascript:alert(1)", "--state", folder},
            {"invite", "--role", "box", "--base-url", "https://a.example", "--days", "15", "--state", folder},
            {"invite", "nobody", "--role", "box", "--base-url", "https://a.example", "--state", folder},
            {"invite", "--revoke", "../x", "--state", folder},
            {"invite", "--serve", "70000", "--state", folder}
        }) {
            Kaitsu.Result refused = Kaitsu.json(wrong);
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.out()).contains("\"nextStep\"");
        }
    }
}
