package io.github.kaitsu.invite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Activation;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.box.BoxAuthorization;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.MemoryCredentialStore;
import io.github.kaitsu.consent.OwnGrant;
import io.github.kaitsu.invite.Invitations.Minted;
import io.github.kaitsu.operator.Role;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The consent to the host's own app, asked for by a link and brought back to it. */
class ConsentByLinkTest {
    private final Desk desk = new Desk();
    private final ConsentClient consents = ConsentClient.builder()
            .store(new MemoryCredentialStore())
            .server(BoxAuthorization.builder(
                            desk.sandbox.clientId(CloudService.Provider.BOX),
                            desk.sandbox.clientSecret(CloudService.Provider.BOX).orElseThrow())
                    .page(URI.create(desk.sandbox.box() + "/api/oauth2/authorize"))
                    .baseUrl(desk.sandbox.boxApi())
                    .clock(desk.sandbox.clock())
                    .build())
            .clock(desk.sandbox.clock())
            .build();
    private final AdministratorPage page = desk.page(b -> b.consents(consents));
    private Activation run;
    private Minted link;
    private Tab tab;
    private Document asked;

    @BeforeEach
    void invite() throws InterruptedException {
        run = desk.begin("consent", "株式会社サンプル商事", CloudService.BOX, CloudService.DROPBOX);
        link = desk.invite(run, Role.BOX);
        tab = new Tab(page);
        asked = tab.press(tab.open(link.link(Desk.BASE)), "準備できました", Map.of());
    }

    @AfterEach
    void end() {
        desk.close();
    }

    private Optional<OwnGrant> grant() {
        return consents.grant(run.view().customer(), CloudService.Provider.BOX);
    }

    /** What the vendor sends the browser back with. */
    private String back(Document ready) {
        URI vendor = URI.create(ready.selectFirst("main a").attr("href"));
        assertThat(vendor.toString()).startsWith(desk.sandbox.box().toString());
        URI returned = desk.person.consent(vendor).orElseThrow();
        assertThat(returned.getPath()).isEqualTo("/consent");
        return "/consent?" + returned.getRawQuery();
    }

    @Test
    void whoConsents_comesBackToTheLink_andIsNotAskedAgain() {
        assertThat(asked.text()).contains("Boxの状態を確認する許可", "読み取るだけで、何も変更しません", "期間");
        Document ready = tab.press(asked, "Boxの同意の画面を準備する", Map.of());
        assertThat(grant()).isEmpty();

        Document after = tab.get(back(ready));

        assertThat(after.text()).contains("許可を確認しました");
        assertThat(grant()).hasValueSatisfying(g -> assertThat(g.usable()).isTrue());
        assertThat(tab.open(link.link(Desk.BASE)).text()).doesNotContain("同意の画面");
    }

    @Test
    void whoDoesWithout_isNotAskedAgain() {
        tab.press(asked, "許可せずに続ける", Map.of());

        assertThat(tab.open(link.link(Desk.BASE)).text()).doesNotContain("同意の画面");
        assertThat(grant()).isEmpty();
    }

    @Test
    void anotherRole_isNotAsked() {
        Tab console = new Tab(page);
        Minted other = desk.invite(run, Role.CONSOLE);
        assertThat(console.press(console.open(other.link(Desk.BASE)), "準備できました", Map.of())
                        .text())
                .doesNotContain("同意の画面");
        Tab dropbox = new Tab(page);
        Minted third = desk.invite(run, Role.DROPBOX);
        assertThat(dropbox.press(dropbox.open(third.link(Desk.BASE)), "準備できました", Map.of())
                        .text())
                .as("where there is no app")
                .doesNotContain("同意の画面");
    }

    @Test
    void aVendorsAnswer_countsInTheBrowserThatAskedForIt_andOnce() {
        Document ready = tab.press(asked, "Boxの同意の画面を準備する", Map.of());
        String back = back(ready);

        Tab stranger = tab.another();
        assertThat(stranger.send("GET", back, "", Map.of()).status()).isEqualTo(404);
        assertThat(tab.send("GET", back, "", Map.of("Sec-Fetch-Mode", "no-cors"))
                        .status())
                .as("a prefetch")
                .isEqualTo(404);
        assertThat(tab.send("GET", "/consent?code=%zz|\"<>&state=^", "", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(tab.send("GET", "/consent?code=forged&state=forged", "", Map.of())
                        .status())
                .isIn(200, 400);
        assertThat(grant()).isEmpty();

        tab.get(back);
        assertThat(grant()).isPresent();
        Document again = tab.get(back);
        assertThat(again.text()).doesNotContain("許可を確認しました");
        assertThat(grant()).isPresent();
    }
}
