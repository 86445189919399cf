package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.HandsOn.Kind;
import io.github.kaitsu.sandbox.internal.View;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What counts as what when somebody works with the pages. */
class HandsOnTest {
    private final Sandbox sandbox = Sandbox.builder().start();
    private final Walk walk = new Walk(sandbox);
    private HandsOn before = HandsOn.NOTHING;

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** What the person did since this was asked last. */
    private HandsOn since() {
        HandsOn now = sandbox.summary().handsOn(HandsOn.Actor.PERSON);
        HandsOn then = before;
        before = now;
        return new HandsOn(
                now.looks() - then.looks(),
                now.clicks() - then.clicks(),
                now.fields() - then.fields(),
                now.copies() - then.copies(),
                now.pastes() - then.pastes(),
                now.answers() - then.answers());
    }

    private static HandsOn clicksAndLooks(int clicks, int looks) {
        return HandsOn.looks(looks).plus(HandsOn.of(Kind.CLICKS, clicks));
    }

    @Test
    void aPageOpenedFromOutside_isOneClick() {
        walk.at(sandbox.console(), "/Dashboard");
        assertThat(since()).isEqualTo(clicksAndLooks(1, 1));
    }

    @Test
    void aFormSent_isOneClickAndItsFields_andThePageItBringsIsALook() {
        View start = walk.at(sandbox.console(), "/Dashboard");
        since();
        walk.visitor.press(start, "ログイン", Map.of("アカウント", sandbox.account(), "パスワード", sandbox.consolePassword()));
        assertThat(since()).isEqualTo(new HandsOn(1, 1, 2, 0, 0, 0));
    }

    @Test
    void aLink_aTabAndASeverity_areOneClickEach_andLoadingAgainIsNone() {
        View dashboard = walk.openConsole();
        since();
        View bell = walk.visitor.follow(dashboard, "通知とタスク");
        View tasks = walk.visitor.follow(bell, "タスクリスト");
        View pending = walk.visitor.follow(tasks, "保留");
        assertThat(since()).isEqualTo(clicksAndLooks(3, 3));
        walk.visitor.reload(pending);
        assertThat(since()).isEqualTo(clicksAndLooks(0, 1));
        assertThat(sandbox.summary().handsOn(HandsOn.Actor.BROWSER)).isEqualTo(HandsOn.NOTHING);
    }

    @Test
    void aFieldPastedInto_isACopyAndAPaste_andNoField() {
        View apps = walk.signIn(walk.at(sandbox.box(), "/master/settings/apps"));
        since();
        String name = "Trend Micro - Cloud App Security";
        View found = walk.visitor.press(apps, "検索", Map.of("検索", name), Set.of("検索"));
        assertThat(since()).isEqualTo(new HandsOn(1, 1, 0, 1, 1, 0));
        walk.visitor.press(found, "検索", Map.of("検索", "Trend"));
        assertThat(since()).isEqualTo(new HandsOn(1, 1, 1, 0, 0, 0));
        walk.visitor.reload(found);
        assertThat(since()).isEqualTo(HandsOn.looks(1));
    }

    @Test
    void aPageWhoseScriptGoesSomewhere_isNobodysClick() throws IOException, InterruptedException {
        HttpRequest byScript = HttpRequest.newBuilder(URI.create(sandbox.console() + "/Dashboard"))
                .header("Sec-Fetch-Site", "same-origin")
                .build();
        HttpClient.newHttpClient().send(byScript, HttpResponse.BodyHandlers.discarding());
        assertThat(since()).isEqualTo(HandsOn.looks(1));
    }

    @Test
    void theWayThroughAProvider_countsEachPressOnce() {
        walk.openConsole();
        View wizard = walk.wizard(CloudService.DROPBOX);
        since();
        walk.consent(CloudService.DROPBOX, walk.visitor.press(wizard, "権限の付与"));
        assertThat(since())
                .isEqualTo(new HandsOn(4, 4, 2, 0, 0, 0)); // 付与, address, password, 許可; and the page of the end
    }

    @Test
    void copiesPastesAndAnswers_areReported_andNothingElse() {
        sandbox.counted(Kind.COPIES, 2);
        sandbox.counted(Kind.PASTES, 3);
        sandbox.counted(Kind.ANSWERS, 1);
        sandbox.counted(Kind.ANSWERS, 0);
        HandsOn hands = since();
        assertThat(hands).isEqualTo(new HandsOn(0, 0, 0, 2, 3, 1));
        assertThat(hands.acts()).isEqualTo(6);
        for (Kind kind : Kind.values()) {
            assertThat(HandsOn.of(kind, 7).count(kind))
                    .isEqualTo(7)
                    .isEqualTo(HandsOn.of(kind, 7).acts());
        }
        for (Kind kind : new Kind[] {Kind.CLICKS, Kind.FIELDS}) {
            assertThatThrownBy(() -> sandbox.counted(kind, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> sandbox.counted(Kind.COPIES, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
