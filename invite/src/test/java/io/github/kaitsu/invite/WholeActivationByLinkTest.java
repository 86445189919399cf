package io.github.kaitsu.invite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Activation;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.invite.Invitations.Minted;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.report.ActivationReport;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Administrators who have nothing but their links bring a whole activation to its end. */
class WholeActivationByLinkTest {
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";

    private static final int TURNS = 400;

    @Test
    void threeServices_byFourLinks_areProtected_andEveryAnswerBearsItsInvitation() throws Exception {
        try (Desk desk = new Desk()) {
            Activation run = desk.begin(
                    "by-link", "株式会社サンプル商事", CloudService.BOX, CloudService.GMAIL, CloudService.MICROSOFT_TEAMS);
            Map<Role, Minted> links = new EnumMap<>(Role.class);
            Map<Role, Tab> tabs = new EnumMap<>(Role.class);
            Set<Role> shown = EnumSet.noneOf(Role.class);
            for (Role role : List.of(Role.CONSOLE, Role.BOX, Role.GOOGLE, Role.MICROSOFT365)) {
                links.put(role, desk.invite(run, role));
                Tab tab = new Tab(desk.page);
                tabs.put(role, role == Role.CONSOLE ? tab : tab.saying("User-Agent", PHONE));
                Document preparation = tab.open(links.get(role).link(Desk.BASE));
                assertThat(preparation.text()).contains("株式会社サンプル商事", role.label(Locale.JAPANESE), "パスワード", "準備できました");
                assertThat(preparation.select("[name=action]"))
                        .as("nothing yet")
                        .isEmpty();
                tab.press(preparation, "準備できました", Map.of());
            }
            for (int turn = 0; turn < TURNS && !run.view().ended(); turn++) {
                Optional<Instant> next = desk.advance(run.id());
                Optional<Role> worked = tabs.keySet().stream()
                        .filter(role -> work(desk, run, tabs.get(role), links.get(role), role))
                        .findFirst();
                worked.ifPresent(shown::add);
                if (worked.isEmpty()) {
                    next.ifPresent(desk.sandbox.clock()::advanceTo);
                }
            }

            assertThat(run.view().isSuccess()).as("%s", run.view()).isTrue();
            assertThat(shown).isEqualTo(links.keySet());
            everyAnswerIsTheInvitedPersons(desk, run);
            theEndIsShown(tabs.get(Role.BOX), links.get(Role.BOX));
        }
    }

    /** Does what the page shows, if it shows anything, and answers on it. */
    private static boolean work(Desk desk, Activation run, Tab tab, Minted link, Role role) {
        Document page = tab.open(link.link(Desk.BASE));
        Element id = page.selectFirst("form [name=action]");
        if (id == null) {
            return false;
        }
        OperatorAction action = desk.open(run, id.val());
        assertThat(Role.of(action.step())).as("only one's own").isEqualTo(role);
        assertThat(page.text()).doesNotContain("WRONG_ACCOUNT", "PAGE_ERROR", "NOT_FOUND", "under-10000");
        for (OperatorAction other : run.openActions()) {
            if (Role.of(other.step()) != role) {
                assertThat(page.html()).doesNotContain(other.id().value());
            }
        }
        Answer answer = desk.person.perform(action);
        Document after = send(tab, page, action, answer);
        assertThat(tab.last.status()).as("%s: %s", answer, after.text()).isEqualTo(200);
        return true;
    }

    private static Document send(Tab tab, Document page, OperatorAction action, Answer answer) {
        if (answer instanceof Answer.Saw saw) {
            return switch (action.form().kind()) {
                case CONSOLE_TEXT -> {
                    Element form = Tab.formWith(page, "回答する");
                    Map<String, String> written = new LinkedHashMap<>();
                    written.put(form.selectFirst("textarea[name^=paste]").attr("name"), saw.text());
                    Document after = tab.submit(form, written);
                    yield tab.last.status() == 422 ? tab.press(after, "足りないまま送る", Map.of()) : after;
                }
                case CHOICE -> tab.submit(page.selectFirst("form:has(button[name=text])"), Map.of("text", saw.text()));
                case ADDRESS, DONE -> tab.press(page, "回答する", Map.of("text", saw.text()));
            };
        } else if (answer instanceof Answer.Done) {
            return page.select("button[name=text]").isEmpty()
                    ? tab.press(page, "できた", Map.of())
                    : tab.submit(page.selectFirst("form:has(button[name=text])"), Map.of("text", "yes"));
        } else if (answer instanceof Answer.Blocked blocked) {
            return tab.press(
                    page, "「できなかった」と回答する", Map.of("reason", blocked.reason().name(), "words", blocked.text()));
        } else if (answer instanceof Answer.Declined) {
            return tab.press(page, "「行わない」と回答する", Map.of());
        }
        return tab.press(page, "まだ", Map.of());
    }

    private static void everyAnswerIsTheInvitedPersons(Desk desk, Activation run) {
        List<Event.Answered> answers = desk.client.events(run.id()).stream()
                .map(JournalEntry::event)
                .filter(Event.Answered.class::isInstance)
                .map(Event.Answered.class::cast)
                .toList();
        assertThat(answers)
                .hasSizeGreaterThan(10)
                .allSatisfy(a ->
                        assertThat(a.answer().by()).isEqualTo(Role.of(a.step()).id() + "@example.co.jp"));
    }

    private static void theEndIsShown(Tab tab, Minted link) {
        Document end = tab.open(link.link(Desk.BASE));
        assertThat(end.text())
                .contains("開通の作業が終わりました", "3サービス中3サービスの連携が完了", "高度な脅威対策設定手順")
                .contains("Box：連携完了")
                .doesNotContain("Gmail：連携完了");
        tab.get("/" + link.token() + "/report");
        assertThat(tab.last.status()).isEqualTo(200);
        assertThat(tab.document().select("#evidence").text()).contains("box@example.co.jp");

        Document bye = tab.press(end, "報告書を受け取りました", Map.of());
        assertThat(bye.text()).contains("ありがとうございました");
        assertThat(tab.open(link.link(Desk.BASE)).text())
                .contains("このリンクの役目は終わっています")
                .doesNotContain("サンプル商事", "Box");
        assertThat(tab.last.status()).isEqualTo(410);
        tab.get("/" + link.token() + "/report");
        assertThat(tab.last.status()).isEqualTo(410);
    }

    /** On a phone nobody copies a page: the short form comes first, its state is told, and the report says how it was answered. */
    @Test
    void common19_onAPhone_theShortFormComesFirst_andTheReportSaysSo() throws Exception {
        try (Desk desk = new Desk()) {
            Activation run = desk.begin("short", "株式会社サンプル商事", CloudService.BOX);
            Minted link = desk.invite(run, Role.CONSOLE);
            Tab tab = new Tab(desk.page).saying("Sec-CH-UA-Mobile", "?1");
            tab.press(tab.open(link.link(Desk.BASE)), "準備できました", Map.of());
            Document page = tab.open(link.link(Desk.BASE));
            while (page.select("form[data-check]").isEmpty()) {
                Element id = page.selectFirst("form [name=action]");
                OperatorAction action = desk.open(run, id.val());
                page = send(tab, page, action, desk.person.perform(action));
            }
            assertThat(page.text()).contains("コンソールの画面はパソコンで開きます", "短い形で答える");
            assertThat(page.select("fieldset details").text()).contains("画面の文字を貼り付ける");

            Element form = page.selectFirst("form[data-check]");
            Document lacking = tab.submit(form, Map.of("short.ACCOUNTS", "none", "short.PENDING", "0"));
            assertThat(tab.last.status()).isEqualTo(422);
            assertThat(lacking.select("#state-ACCOUNTS").text()).isEqualTo("✓ 読み取れました");
            assertThat(lacking.select("#state-PENDING").text()).isEqualTo("✓ 読み取れました");
            assertThat(lacking.select("#state-SUCCESS").text()).isEqualTo("まだありません");
            assertThat(lacking.select("input[name=short.ACCOUNTS][value=none]").hasAttr("checked"))
                    .as("what is there stays")
                    .isTrue();

            int before = desk.events(run);
            tab.submit(lacking.selectFirst("form[data-check]"), Map.of("short.SUCCESS.none", "none", "do", "check"));
            assertThat(tab.text())
                    .isEqualTo("{\"ACCOUNTS\":\"COMPLETE\",\"SUCCESS\":\"COMPLETE\",\"PENDING\":\"COMPLETE\"}");
            assertThat(desk.events(run))
                    .as("asking what can be read changes nothing")
                    .isEqualTo(before);

            tab.submit(lacking.selectFirst("form[data-check]"), Map.of("short.SUCCESS.none", "none"));
            assertThat(tab.last.status()).isEqualTo(200);
            assertThat(ActivationReport.of(run.view()).html(Locale.JAPANESE))
                    .contains("短い形で回答されたもの：サービスアカウント、「成功しました」の一覧、「保留」のタスクリスト（回答した人：console@example.co.jp）");
        }
    }

    @Test
    void whatIsPutOff_staysOpen_andCanBeBegunAtAnyTime() throws Exception {
        try (Desk desk = new Desk()) {
            Activation run = desk.begin("later", "株式会社サンプル商事", CloudService.BOX);
            Minted link = desk.invite(run, Role.CONSOLE);
            Tab tab = new Tab(desk.page);
            Document work = tab.press(tab.open(link.link(Desk.BASE)), "準備できました", Map.of());
            String title = work.selectFirst("h1").text();

            Document after = tab.press(work, "まだ", Map.of());
            while (after.selectFirst("h1").text().equals(title)
                    || !after.select("[name=action]").isEmpty()) {
                after = tab.press(after, "まだ", Map.of()); // whatever else is open
            }
            assertThat(after.text()).contains("後で行う作業があります");
            assertThat(tab.get(after.selectFirst("main a.button").attr("href"))
                            .selectFirst("h1")
                            .text())
                    .isEqualTo(title);
        }
    }

    /** Whoever looks with a machine sees the texts in the words of the page, in the language that is asked for. */
    @Test
    void theTexts_nameWhatIsOnThePage() throws Exception {
        try (Desk desk = new Desk()) {
            Activation run = desk.begin("words", "株式会社サンプル商事", CloudService.BOX);
            Minted link = desk.invite(run, Role.CONSOLE);
            Tab tab = new Tab(desk.page);
            tab.press(tab.open(link.link(Desk.BASE)), "準備できました", Map.of());

            Document english = tab.get("/" + link.token() + "?lang=en");
            assertThat(english.selectFirst("html").attr("lang")).isEqualTo("en");
            assertThat(english.select("ol").text())
                    .contains("“Could not be done”")
                    .doesNotContain("“blocked”");
            assertThat(Tab.formWith(english, "Done").attr("action")).endsWith("?lang=en");
            assertThat(tab.get("/" + link.token()).selectFirst("html").attr("lang"))
                    .as("as the host chose")
                    .isEqualTo("ja");
        }
    }

    @Test
    void aHost_canLeadLinksElsewhere_orNowhere() throws Exception {
        try (Desk desk = new Desk()) {
            Activation run = desk.begin("links", "株式会社サンプル商事", CloudService.BOX);
            Minted link = desk.invite(run, Role.CONSOLE);
            desk.client.answer(run.id(), run.openActions().get(0).id(), Answer.done("sato")); // the password
            desk.advance(run.id());
            desk.invitations.ready(link.token());
            assertThat(leadsTo(desk.page, link)).contains("https://admin.tmcas.trendmicro.co.jp");
            assertThat(leadsTo(desk.page(b -> b.links(to -> Optional.of(desk.sandbox.console()))), link))
                    .contains(desk.sandbox.console().toString());
            assertThat(leadsTo(desk.page(b -> b.links(to -> Optional.empty())), link))
                    .isEmpty();
        }
    }

    private static String leadsTo(AdministratorPage page, Minted link) {
        return new Tab(page)
                .open(link.link(Desk.BASE))
                .select("main a[href^=http]")
                .attr("href");
    }

    /** The answer is taken in by other threads; whoever answered sees what comes next, and not that there is nothing. */
    @Test
    void whereTheClientAdvancesByItself_theNextActionIsThereAtOnce() throws Exception {
        try (Desk desk = new Desk()) {
            Activation run = desk.begin("started", "株式会社サンプル商事", CloudService.BOX);
            Minted link = desk.invite(run, Role.CONSOLE);
            AdministratorPage page = AdministratorPage.builder(desk.client, desk.invitations, Desk.BASE)
                    .build();
            desk.client.start();
            Tab tab = new Tab(page);
            Document work = tab.press(tab.open(link.link(Desk.BASE)), "準備できました", Map.of());
            String before = work.selectFirst("[name=action]").val();

            Document next = tab.press(work, "できた", Map.of());

            assertThat(next.select("[name=action]").val()).isNotEmpty().isNotEqualTo(before);
        }
    }
}
