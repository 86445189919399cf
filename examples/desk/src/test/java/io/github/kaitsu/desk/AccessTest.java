package io.github.kaitsu.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.invite.InvitationRequest;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may see and do what: strangers nothing, the team everything, forms of others nothing. */
class AccessTest {
    private static final String EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";

    private static RunningDesk desk;

    @BeforeAll
    static void start() {
        desk = RunningDesk.start();
    }

    @AfterAll
    static void stop() {
        desk.close();
    }

    private static ActivationId begin(String account, String company) throws InterruptedException {
        ActivationClient client = desk.get(ActivationClient.class);
        ActivationId id = Fleet.id(account);
        client.begin(
                id,
                ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, account))
                        .company(company)
                        .reference(account)
                        .services(CloudService.BOX)
                        .build());
        assertThat(client.awaitQuiet(id, Duration.ofSeconds(30))).isPresent();
        return id;
    }

    @Test
    void everyPage_toAStranger_isTheSignIn() throws Exception {
        Visitor stranger = new Visitor(desk.url());
        for (String path : List.of(
                "/",
                "/customers",
                "/customers.csv",
                "/customers/new",
                "/today",
                "/drift",
                "/figures",
                "/notices",
                "/events",
                "/queue",
                "/customers/whatever",
                "/customers/whatever/report",
                "/nothing-here")) {
            HttpResponse<String> reply = stranger.get(path);
            assertThat(reply.statusCode()).as(path).isEqualTo(302);
            assertThat(reply.headers().firstValue("Location").map(URI::create).map(URI::getPath))
                    .as(path)
                    .contains("/sign-in");
        }
        assertThat(stranger.post("/customers/new", Map.of("mail", "x"), "").statusCode())
                .as("a form")
                .isNotEqualTo(200);
    }

    @Test
    void oneTimeSignIn_worksOnce_andGuessesDoNot() throws Exception {
        URI link = desk.signIn();
        Visitor first = new Visitor(desk.url());
        HttpResponse<String> reply = first.send(HttpRequest.newBuilder(link).build());
        assertThat(reply.statusCode()).isEqualTo(302);
        assertThat(reply.headers().firstValue("Location").map(URI::create).map(URI::getPath))
                .contains("/customers");
        assertThat(reply.headers().allValues("Set-Cookie"))
                .anyMatch(c -> c.startsWith("desk=") && c.contains("HttpOnly") && c.contains("SameSite=Lax"));
        assertThat(first.get("/customers").statusCode()).isEqualTo(200);

        Visitor second = new Visitor(desk.url());
        HttpResponse<String> again = second.send(HttpRequest.newBuilder(link).build());
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(second.get("/sign-in?once=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").statusCode())
                .isEqualTo(403);
        assertThat(second.get("/customers").statusCode()).isEqualTo(302);
    }

    @Test
    void everyForm_withoutTheSessionsToken_changesNothing() throws Exception {
        ActivationId id = begin("CAS1001", "株式会社山田");
        Visitor clerk = Visitor.signedIn(desk);
        OperatorAction action = desk.get(ActivationClient.class)
                .find(id)
                .orElseThrow()
                .openActions()
                .get(0);
        String stolen = Visitor.signedIn(desk)
                .page("/customers/new")
                .select("input[name=csrf]")
                .val();
        for (String token : List.of("", "guess", stolen)) {
            for (String path : List.of(
                    "/customers/" + id + "/cancel",
                    "/customers/" + id + "/invite",
                    "/customers/" + id + "/actions/" + action.id().value(),
                    "/customers/begin",
                    "/drift",
                    "/sign-out")) {
                HttpResponse<String> reply = clerk.post(
                        path,
                        Map.of(
                                "company",
                                "株式会社山田",
                                "answer",
                                "done",
                                "do",
                                "answer",
                                "contact-console",
                                "sato@example.jp"),
                        token);
                assertThat(reply.statusCode()).as(path).isEqualTo(403);
            }
        }
        assertThat(desk.get(ActivationClient.class)
                        .find(id)
                        .orElseThrow()
                        .view()
                        .ended())
                .isFalse();
        assertThat(desk.get(ActivationClient.class).find(id).orElseThrow().openActions())
                .contains(action);
        assertThat(desk.get(Customers.class).contacts(id)).isEmpty();
        assertThat(clerk.get("/customers").statusCode()).as("still signed in").isEqualTo(200);
    }

    @Test
    void noPage_actsOnGet() throws Exception {
        ActivationId id = begin("CAS1002", "株式会社鈴木");
        Visitor clerk = Visitor.signedIn(desk);
        long size = desk.get(ActivationClient.class).events(id).size();
        OperatorAction action = desk.get(ActivationClient.class)
                .find(id)
                .orElseThrow()
                .openActions()
                .get(0);
        for (String path : List.of(
                "/customers/" + id + "/cancel?company=株式会社鈴木",
                "/customers/" + id + "/remove",
                "/customers/begin",
                "/customers/" + id + "/actions/" + action.id().value() + "?answer=done&do=answer",
                "/queue/" + id + "/" + action.id().value() + "?answer=done")) {
            clerk.get(path.replace("株式会社鈴木", "x"));
        }
        assertThat(desk.get(ActivationClient.class).events(id)).hasSize((int) size);
    }

    @Test
    void names_areTextOnEveryPage_andNoFormulaInTheSpreadsheet() throws Exception {
        ActivationId id = begin("=1+1 " + EVIL.substring(0, 40), "@SUM " + EVIL);
        Visitor clerk = Visitor.signedIn(desk);
        clerk.post("/customers/" + id + "/invite", Map.of("contact-console", EVIL, "contact-box", "box " + EVIL));
        String page = "/customers/" + id;
        OperatorAction action = desk.get(ActivationClient.class)
                .find(id)
                .orElseThrow()
                .openActions()
                .get(0);
        for (String path : List.of(
                "/customers?q=" + java.net.URLEncoder.encode(EVIL, java.nio.charset.StandardCharsets.UTF_8),
                "/customers",
                page,
                page + "/invite",
                page + "/handover",
                page + "/report",
                page + "/actions/" + action.id().value(),
                "/today",
                "/figures",
                "/notices",
                "/drift")) {
            Document seen = clerk.page(path);
            assertThat(seen.select("script:not([src]), img, [onerror]"))
                    .as(path)
                    .isEmpty();
            assertThat(seen.select("script[src]").eachAttr("src")).as(path).allMatch(s -> s.startsWith("/"));
        }
        assertThat(clerk.page("/customers").text()).contains(EVIL);
        assertThat(clerk.get("/customers.csv").body()).contains("'@SUM").doesNotContain("\"@SUM", ",=1+1", "\"=1+1");
    }

    @Test
    void everyReply_isStrictAndNotStored() throws Exception {
        Visitor clerk = Visitor.signedIn(desk);
        for (String path : List.of("/customers", "/customers/new", "/sign-in", "/nothing-here")) {
            HttpResponse<String> reply = clerk.get(path);
            String policy =
                    reply.headers().firstValue("Content-Security-Policy").orElse("");
            assertThat(policy)
                    .as(path)
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(reply.headers().firstValue("Cache-Control").orElse(""))
                    .as(path)
                    .contains("no-store");
            assertThat(reply.headers().firstValue("Referrer-Policy")).as(path).contains("no-referrer");
        }
    }

    @Test
    void openingMail_isReadAndItsSecretsAreNotKept() throws Exception {
        Visitor clerk = Visitor.signedIn(desk);
        String mail = desk.get(SampleMail.class).next();
        String secret =
                mail.lines().filter(l -> l.contains("forgetpwd")).findFirst().orElseThrow();
        String value = secret.substring(secret.indexOf("T=") + 2).split("[&\\s]", 2)[0];
        HttpResponse<String> preview = clerk.post("/customers/new", Map.of("mail", mail));
        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(preview.body()).contains("CAS0031").doesNotContain(value, "forgetpwd");
        Document page = Jsoup.parse(preview.body());
        assertThat(page.select("h2").eachText()).contains("お願いする作業の予定");
        HttpResponse<String> begun = clerk.post(
                "/customers/begin",
                Map.of(
                        "account",
                        page.select("#account").val(),
                        "company",
                        page.select("#company").val(),
                        "site",
                        "JP",
                        "expires",
                        page.select("[name=expires]").val(),
                        "services",
                        "box",
                        "contact-console",
                        "sato@example.jp"));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(302);
        assertThat(desk.get(Customers.class).known(Fleet.id("CAS0031")).mailExpires())
                .isPresent();
        assertThat(clerk.get("/customers").body()).contains("CAS0031").doesNotContain(value);
    }

    @Test
    void removal_wantsTheCompanysName() throws Exception {
        ActivationId id = begin("CAS1003", "株式会社高橋");
        Visitor clerk = Visitor.signedIn(desk);
        HttpResponse<String> wrong = clerk.post("/customers/" + id + "/cancel", Map.of("company", "株式会社高梨"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(desk.get(ActivationClient.class)
                        .find(id)
                        .orElseThrow()
                        .view()
                        .ended())
                .isFalse();
        HttpResponse<String> right = clerk.post("/customers/" + id + "/cancel", Map.of("company", "株式会社高橋"));
        assertThat(right.statusCode()).isEqualTo(302);
        assertThat(desk.get(ActivationClient.class).find(id).orElseThrow().await(Duration.ofSeconds(30)))
                .isPresent();
    }

    /** The pages read their forms themselves, whatever stands before them in the desk. */
    @Test
    void administratorsForm_isTaken_andAForgedOneIsNot() throws Exception {
        ActivationId id = begin("CAS1004", "株式会社伊藤");
        URI link = desk.get(Invitations.class)
                .mint(InvitationRequest.of(id, Role.CONSOLE, "sato@example.jp"))
                .link(URI.create(desk.url() + "/invite"));
        Visitor administrator = new Visitor(desk.url());
        String page = administrator.get(link.getPath()).body();
        String token = Jsoup.parse(page).select("input[name=csrf]").val();
        assertThat(administrator
                        .post(link.getPath(), Map.of("do", "ready"), "guess")
                        .statusCode())
                .isEqualTo(403);
        assertThat(administrator
                        .post(link.getPath(), Map.of("do", "ready"), token)
                        .statusCode())
                .isEqualTo(303);
        assertThat(administrator.page(link.getPath()).select("h1").text()).isEqualTo("コンソールのパスワードを設定する");
    }
}
