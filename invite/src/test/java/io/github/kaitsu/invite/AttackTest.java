package io.github.kaitsu.invite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.invite.Invitations.Minted;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a stranger, a robot or another administrator sends: nothing changes, and nothing is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackTest {
    private static final String SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    private static final String COMPANY = "株式会社" + SCRIPT;

    private final Desk desk = new Desk();
    private AdministratorPage page;
    private Activation run;
    private Activation others;
    private Minted link;
    private Tab tab;
    private int before;
    private int othersBefore;

    @BeforeAll
    void begin() throws InterruptedException {
        run = desk.begin("attacked", COMPANY, CloudService.BOX);
        others = desk.client.begin(
                ActivationId.of("others"),
                ActivationRequest.builder(CustomerId.of(ConsoleSite.EU, "CAS0002"))
                        .company("株式会社よそ")
                        .services(CloudService.DROPBOX)
                        .build());
        desk.client.advance(others.id());
    }

    @AfterAll
    void end() {
        desk.close();
    }

    @BeforeEach
    void invite() {
        page = desk.page(b -> {}); // with limits of its own
        link = desk.invite(run, Role.CONSOLE);
        tab = new Tab(page);
        tab.press(tab.open(link.link(Desk.BASE)), "準備できました", Map.of());
        before = desk.events(run);
        othersBefore = desk.events(others);
    }

    private void nothingHappened() {
        assertThat(desk.events(run)).isEqualTo(before);
        assertThat(desk.events(others)).isEqualTo(othersBefore);
    }

    private Document mine() {
        return tab.open(link.link(Desk.BASE));
    }

    private void tellsNothing(Document page) {
        assertThat(page.html())
                .doesNotContain("script>", "CAS0001", "CAS0002", "よそ", "attacked", "others", "Box", "Dropbox")
                .doesNotContain(link.token(), link.invitation().id(), "console@example.co.jp");
        assertThat(page.select("form")).isEmpty();
    }

    // ---- links

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/AAAAAAAAAAAAAAAAAAAAAA",
                "/..%2f..%2fetc%2fpasswd",
                "/%00",
                "/consent",
                "/consent?code=x&state=y",
                "//evil.example.com",
                "/report",
                "/device",
                "/favicon.ico",
                "/robots.txt"
            })
    void aGuessedLink_isUnknown_andTellsNothing(String path) {
        tellsNothing(tab.another().get(path));
        assertThat(tab.another().send("GET", path, "", Map.of()).status()).isEqualTo(404);
        nothingHappened();
    }

    @Test
    void aForgedLink_isUnknown_howeverNearToARealOne() {
        String token = link.token();
        String id = link.invitation().id();
        char last = token.charAt(token.length() - 1);
        for (String forged : List.of(
                token.substring(1),
                token + "A",
                token.toLowerCase(java.util.Locale.ROOT) + "_",
                token.substring(0, 21) + (last == 'A' ? 'B' : 'A'),
                id,
                id.substring(0, 22))) {
            Tab stranger = tab.another();
            tellsNothing(stranger.get("/" + forged));
            assertThat(stranger.last.status()).as(forged).isEqualTo(404);
        }
        nothingHappened();
    }

    private void isGone(Minted old, String says) {
        for (String below : List.of("", "/device", "/report", "?lang=ja")) {
            Document shown = tab.get("/" + old.token() + below);
            assertThat(tab.last.status()).isEqualTo(410);
            assertThat(shown.text()).contains(says);
            tellsNothing(shown);
        }
    }

    @Test
    void aLinkThatExpired_saysSo_andItsFormsDoNothing() {
        Minted old = desk.invitations.mint(
                InvitationRequest.of(run.id(), Role.CONSOLE, "sato").lasting(Duration.ofMinutes(1)));
        Document form = tab.press(tab.open(old.link(Desk.BASE)), "準備できました", Map.of());
        java.time.Instant then = desk.time.now;
        desk.time.now = then.plusSeconds(60);
        try {
            isGone(old, "期限が切れています");
            tab.press(form, "できた", Map.of());
            assertThat(tab.last.status()).isEqualTo(410);
        } finally {
            desk.time.now = then;
        }
        nothingHappened();
    }

    @Test
    void aLinkThatWasRevoked_saysSo_andItsFormsDoNothing() {
        Document form = mine();
        assertThat(desk.invitations.revoke(link.invitation().id())).isTrue();
        assertThat(desk.invitations.revoke(link.invitation().id())).isTrue();

        isGone(link, "使えなくなっています");
        tab.press(form, "できた", Map.of());
        assertThat(tab.last.status()).isEqualTo(410);
        nothingHappened();
    }

    @Test
    void aLinkOfARunThatIsNotThere_isGone() {
        isGone(
                desk.invitations.mint(InvitationRequest.of(ActivationId.of("forgotten"), Role.BOX, "sato")),
                "役目は終わっています");
    }

    // ---- robots

    /** Mail scanners open links, prefetch and look at heads. */
    @Test
    void aRobotsHundredLooks_changeNothing() {
        Minted unseen = desk.invite(run, Role.CONSOLE);
        for (int i = 0; i < 100; i++) {
            String below = List.of("", "?lang=en", "/device", "?said=thanks").get(i % 4);
            Tab robot = tab.another();
            assertThat(robot.send(i % 3 == 0 ? "HEAD" : "GET", "/" + unseen.token() + below, "", Map.of())
                            .status())
                    .isEqualTo(200);
            assertThat(robot.last.body().length == 0).isEqualTo(i % 3 == 0);
        }
        assertThat(desk.store.find(unseen.invitation().id())).contains(unseen.invitation());
        nothingHappened();
    }

    @Test
    void whatIsInAnAddress_isNeverAnAnswer() {
        String action = mine().selectFirst("form [name=action]").val();
        tab.get("/" + link.token() + "?do=answer&answer=done&action=" + action);
        tab.get("/" + link.token() + "?do=ready");
        for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "")) {
            assertThat(tab.send(method, "/" + link.token(), "do=answer", Map.of())
                            .status())
                    .isEqualTo(405);
        }
        nothingHappened();
    }

    // ---- forms that others send

    @Test
    void aFormFromElsewhere_isRefused_andNothingIsAnswered() {
        Element form = Tab.formWith(mine(), "できた");
        Map<String, String> done = Map.of("answer", "done");
        List<Consumer<Tab>> attacks = List.of(
                t -> t.post(form, Map.of("answer", "done", "csrf", ""), Map.of()),
                t -> t.post(form, Map.of("answer", "done", "csrf", "0".repeat(64)), Map.of()),
                t -> t.post(form, done, Map.of("Sec-Fetch-Site", "cross-site")),
                t -> t.post(form, done, Map.of("Sec-Fetch-Site", "same-site")),
                t -> t.post(form, done, Map.of("Sec-Fetch-Site", "none")),
                t -> t.post(form, done, Map.of("Origin", "https://evil.example.com")),
                t -> t.post(form, done, Map.of("Origin", "https://portal.example.co.jp.evil.example.com")),
                t -> t.post(form, done, Map.of("Content-Type", "text/plain")),
                t -> t.post(form, done, Map.of("Content-Type", "application/json")),
                t -> t.post(form, done, Map.of("Content-Type", "multipart/form-data; boundary=x")),
                t -> t.post(form, done, Map.of("Cookie", "")), // another browser
                t -> t.post(form, done, Map.of("Cookie", "kaitsu-invite=AAAAAAAAAAAAAAAAAAAAAA")),
                t -> t.post(form, done, Map.of("Cookie", "kaitsu-invite=\"><script>")));
        for (Consumer<Tab> attack : attacks) {
            attack.accept(tab);
            assertThat(tab.last.status()).isEqualTo(403);
            assertThat(tab.document().text()).contains("回答は受け付けていません");
        }
        nothingHappened();

        Document own = mine(); // its cookie was replaced by the attacks: the page is opened again, as it says
        tab.post(Tab.formWith(own, "できた"), done, Map.of("Origin", "null", "Sec-Fetch-Site", "same-origin"));
        assertThat(tab.last.status()).isEqualTo(303);
        assertThat(desk.events(run)).isGreaterThan(before);
    }

    @Test
    void aFormOfAnotherLink_isRefused() {
        Minted second = desk.invite(run, Role.CONSOLE);
        Tab there = tab.another();
        Document page = there.press(there.open(second.link(Desk.BASE)), "準備できました", Map.of());
        Map<String, List<String>> fields = Tab.filled(Tab.formWith(page, "まだ"), Map.of("answer", "done"));

        tab.post("/" + link.token(), fields, Map.of());
        assertThat(tab.last.status()).isEqualTo(403);
        nothingHappened();
    }

    @Test
    void anAnswerThatIsSentAgain_countsOnce() throws Exception {
        Activation own = desk.client.begin(
                ActivationId.of("replayed"),
                ActivationRequest.builder(CustomerId.of(ConsoleSite.US, "CAS0003"))
                        .services(CloudService.BOX)
                        .build());
        desk.client.advance(own.id());
        Minted invited = desk.invite(own, Role.CONSOLE);
        Tab person = tab.another();
        Document page = person.press(person.open(invited.link(Desk.BASE)), "準備できました", Map.of());
        Element form = Tab.formWith(page, "できた");
        person.post(form, Map.of("answer", "done"), Map.of());
        int after = desk.events(own);
        for (String again : List.of("done", "done", "not-yet", "saw", "nonsense")) {
            assertThat(person.submit(form, Map.of("answer", again)).text()).contains("すでに片付いています");
        }
        assertThat(desk.events(own)).isEqualTo(after);

        person.submit(form, Map.of("answer", "blocked", "reason", "OTHER"));
        assertThat(desk.events(own)).as("COMMON-20: who takes it back is heard").isGreaterThan(after);
    }

    // ---- another's work

    @Test
    void anotherRolesAction_isRefused_openOrNot() {
        Minted box = desk.invite(run, Role.BOX);
        Tab boxes = tab.another();
        Document nothingYet = boxes.press(boxes.open(box.link(Desk.BASE)), "準備できました", Map.of());
        assertThat(nothingYet.text()).contains("いま、お願いする作業はありません");
        String csrf = csrf(boxes, box);
        for (OperatorAction open : run.openActions()) {
            assertThat(nothingYet.html()).doesNotContain(open.id().value());
            refused(boxes, box, csrf, open.id().value());
        }
        refused(boxes, box, csrf, "console.read.1");
        refused(boxes, box, csrf, "microsoft-teams.grant.1");
        refused(boxes, box, csrf, "app.box.1");
        refused(boxes, box, csrf, "../../x");
        refused(boxes, box, csrf, "box.grant.1\r\nSet-Cookie: a=b");
        refused(boxes, box, csrf, SCRIPT);
        nothingHappened();
    }

    private static void refused(Tab tab, Minted link, String csrf, String action) {
        for (String answer : List.of("done", "declined", "blocked", "saw", "not-yet")) {
            Map<String, List<String>> fields = new LinkedHashMap<>();
            fields.put("csrf", List.of(csrf));
            fields.put("do", List.of("answer"));
            fields.put("action", List.of(action));
            fields.put("answer", List.of(answer));
            fields.put("reason", List.of("OTHER"));
            fields.put("text", List.of("yes"));
            tab.post("/" + link.token(), fields, Map.of());
            assertThat(tab.last.status()).as(action).isEqualTo(403);
        }
    }

    /** Of any form of the page; a browser has the same in all of them. */
    private String csrf(Tab any, Minted own) {
        return any.get("/" + own.token()).select("[name=csrf]").stream()
                .findFirst()
                .map(Element::val)
                .orElseGet(() -> io.github.kaitsu.invite.internal.Tokens.sealed(
                        own.token(), "csrf", any.cookie("kaitsu-invite")));
    }

    @Test
    void anotherCustomersRun_isOutOfReach_withEveryIdOfIt() {
        String csrf = Tab.formWith(mine(), "できた").selectFirst("[name=csrf]").val();
        for (OperatorAction foreign : others.openActions()) {
            boolean isAlsoMine = run.openActions().stream().anyMatch(a -> a.id().equals(foreign.id()));
            if (!isAlsoMine) {
                refused(tab, link, csrf, foreign.id().value());
            }
        }
        tab.post(
                "/" + link.token(),
                Map.of(
                        "csrf", List.of(csrf),
                        "do", List.of("answer"),
                        "activation", List.of("others"),
                        "by", List.of("attacker"),
                        "action", List.of("console.users.9"),
                        "answer", List.of("done")),
                Map.of());
        assertThat(desk.events(others)).isEqualTo(othersBefore);
        assertThat(mine().html()).doesNotContain("よそ", "CAS0002", "others");
    }

    // ---- what is written into names and answers

    @Test
    void whateverIsInANameOrAnAnswer_isShownAsText() {
        Minted evil = desk.invitations.mint(InvitationRequest.of(run.id(), Role.CONSOLE, SCRIPT));
        Tab person = tab.another();
        Document preparation = person.open(evil.link(Desk.BASE));
        assertThat(preparation.select("img, script[src], [onerror]")).isEmpty();
        assertThat(preparation.select("header").text()).contains(SCRIPT);
        Document work = person.press(preparation, "準備できました", Map.of());
        assertThat(work.text()).contains("回答は「" + SCRIPT + "」のお名前で記録します");
        assertThat(work.select("img, script[src], [onerror]")).isEmpty();

        Document again = person.press(work, "「できなかった」と回答する", Map.of("reason", SCRIPT, "words", SCRIPT));
        assertThat(person.last.status()).isEqualTo(422);
        assertThat(again.select("img, script[src], [onerror]")).isEmpty();
        assertThat(again.selectFirst("#words").wholeText()).isEqualTo(SCRIPT);
        Document odd = person.get("/" + evil.token() + "?said=<script>&later=<script>&lang=<script>");
        assertThat(odd.select("script")).hasSize(1);
        assertThat(odd.html()).doesNotContain("&lt;script&gt;&amp;later");
        nothingHappened();
    }

    @Test
    void common2_theOpeningMailsAddress_isNotTaken() {
        Document work = mine();
        Document again = tab.press(
                work,
                "「できなかった」と回答する",
                Map.of(
                        "reason",
                        "EXPIRED",
                        "words",
                        "https://forgetpwd.trendmicro.com/x?T=abcdefghijkl&v=mnopqrstuvwx が開けない"));

        assertThat(tab.last.status()).isEqualTo(422);
        assertThat(again.text()).contains("パスワード設定用のURLが含まれている");
        assertThat(again.html()).doesNotContain("abcdefghijkl");
        nothingHappened();
    }

    // ---- floods

    @Test
    void aFlood_isHeldBack_andOnlyWhereItComesFrom() {
        Tab flood = tab.another();
        flood.address = "198.51.100.7";
        int answered = 0;
        for (int i = 0; i < 1000; i++) {
            answered += flood.send("GET", "/" + link.token(), "", Map.of()).status() == 200 ? 1 : 0;
        }
        assertThat(answered).isEqualTo(300);
        assertThat(flood.last.status()).isEqualTo(429);
        assertThat(flood.last.headers().get("Retry-After")).isNotEmpty();
        tellsNothing(flood.document());
        assertThat(mine().text()).as("others are served").contains("アカウント");
        nothingHappened();
    }

    @Test
    void guesses_areHeldBack_butNoLinkThatWasMinted() {
        for (int i = 0; i < 20; i++) {
            tab.get("/" + "A".repeat(21) + (char) ('a' + i));
            assertThat(tab.last.status()).isEqualTo(404);
        }
        tab.get("/" + "A".repeat(22));
        assertThat(tab.last.status()).isEqualTo(429);
        mine();
        assertThat(tab.last.status()).isEqualTo(200);
    }

    @Test
    void aFloodOfForms_isHeldBackForThatLink() {
        Element form = Tab.formWith(mine(), "できた");
        for (int i = 0; i < 80; i++) {
            tab.post(form, Map.of("do", "nothing"), Map.of());
        }
        assertThat(tab.last.status()).isEqualTo(429);
        nothingHappened();
    }

    @Test
    void aFormThatIsTooLong_isNotReadToItsEnd() {
        Element form = Tab.formWith(mine(), "できた");
        tab.post(form, Map.of("answer", "done", "text", "a".repeat(3 << 20)), Map.of());
        assertThat(tab.last.status()).isEqualTo(413);
        nothingHappened();
    }

    // ---- the code

    @Test
    void aLinkWithACode_showsNothingToDo_untilItIsEntered_once() {
        Minted coded = desk.invitations.mint(
                InvitationRequest.of(run.id(), Role.CONSOLE, "sato").askingForCode());
        String code = coded.code().orElseThrow();
        Tab person = tab.another();
        Document preparation = person.open(coded.link(Desk.BASE));
        assertThat(preparation.html()).doesNotContain(code);
        Document wrong = person.press(preparation, "準備できました", Map.of("code", code.equals("000000") ? "1" : "000000"));
        assertThat(person.last.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("ご案内コードが違います");
        person.get("/" + coded.token());
        assertThat(person.document().select("[name=action]")).isEmpty();

        Document work = person.press(wrong, "準備できました", Map.of("code", " " + code + " "));
        assertThat(work.select("[name=action]")).isNotEmpty();

        Tab thief = tab.another();
        Document stolen = thief.press(thief.open(coded.link(Desk.BASE)), "準備できました", Map.of("code", code));
        assertThat(stolen.text()).contains("ほかのブラウザーで使用済み");
        assertThat(stolen.select("[name=action]")).isEmpty();
        Map<String, List<String>> answer = Tab.filled(Tab.formWith(work, "できた"), Map.of("answer", "done"));
        answer.put("csrf", List.of(stolen.selectFirst("[name=csrf]").val()));
        thief.post("/" + coded.token(), answer, Map.of());
        assertThat(thief.last.status()).isEqualTo(403);
        nothingHappened();
    }

    @Test
    void aCode_isTriedFiveTimes_thenTheLinkIsRevoked() {
        Minted coded = desk.invitations.mint(
                InvitationRequest.of(run.id(), Role.CONSOLE, "sato").askingForCode());
        Document preparation = tab.open(coded.link(Desk.BASE));
        for (int i = 0; i < Invitations.MOST_WRONG_CODES; i++) {
            tab.press(preparation, "準備できました", Map.of("code", "x" + i));
        }
        assertThat(tab.last.status()).isEqualTo(410);
        tab.press(preparation, "準備できました", Map.of("code", coded.code().orElseThrow()));
        assertThat(tab.last.status()).isEqualTo(410);
        nothingHappened();
    }

    // ---- the link itself

    @Test
    void noPage_leadsElsewhereWithTheLink() {
        for (Document shown : List.of(mine(), tab.get("/" + link.token() + "/device"))) {
            assertThat(shown.select("[src], link, iframe, object, embed, base")).isEmpty();
            for (Element a : shown.select("a[href^=http]")) {
                assertThat(a.attr("rel")).contains("noreferrer");
                assertThat(a.attr("href")).doesNotContain(link.token());
            }
        }
        assertThat(URI.create(tab.document().selectFirst("a[href^=mailto]").attr("href"))
                        .getScheme())
                .isEqualTo("mailto");
        assertThat(tab.setCookies())
                .allSatisfy(c -> assertThat(c).contains("; HttpOnly; SameSite=Lax; Secure", "Path=/" + link.token()));
    }
}
