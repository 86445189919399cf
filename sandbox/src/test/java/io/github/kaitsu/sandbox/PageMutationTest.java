package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.View;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way in which pages can be otherwise: what is on them, and what counts as a wrong click. */
class PageMutationTest {
    private static final Pattern APP_ID = Pattern.compile("アプリID: (\\S+)\tMicrosoft Teams");
    private static final String APPS = "/master/settings/apps?search=Cloud+App";
    private static final String APP = "Trend Micro - Cloud App Security";
    private static final String GRANT = "権限の付与";

    private MutatedPages mutated = new MutatedPages();

    @ParameterizedTest
    @EnumSource(value = PageMutation.class, names = "ENGLISH_LABELS", mode = EnumSource.Mode.EXCLUDE)
    void everyMutation_changesAPageAndLeavesAllWellFormed(PageMutation mutation) {
        assertThat(pages(mutation)).isNotEqualTo(pages());
        assertThat(mutation.why()).endsWith(".");
    }

    @Test
    void thereAreTwentyAndMore_ofEveryKind() {
        assertThat(PageMutation.values()).hasSizeGreaterThan(20);
        assertThat(Arrays.stream(PageMutation.values()).map(PageMutation::right))
                .contains(PageMutation.Right.values());
    }

    /** Everything that a driver sees on its way; reading a page fails if it is not well-formed. */
    private String pages(PageMutation... mutations) {
        StringBuilder out = new StringBuilder();
        try (Sandbox sandbox = sandbox("leftover-folders", mutations)) {
            Walk walk = new Walk(sandbox);
            out.append(walk.openConsole().html());
            for (String path : new String[] {"/administration", "/service-accounts", "/service-accounts/add"}) {
                out.append(walk.at(sandbox.console(), "/console" + path).html());
            }
            View wizard = walk.at(sandbox.console(), "/console/wizard?service=box");
            out.append(wizard.html());
            if (wizard.hasButton(GRANT)) {
                out.append(walk.visitor.press(wizard, GRANT).html());
            }
        }
        try (Sandbox sandbox = sandbox("already-linked", mutations)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            out.append(walk.at(sandbox.console(), "/console/notifications").html());
            View files = walk.signIn(walk.at(sandbox.box(), "/folder/0"));
            out.append(files.html());
            String settings = files.html().replaceAll("(?s).*\"(/folder/[0-9]+/settings)\".*", "$1");
            out.append(walk.at(sandbox.box(), settings).html());
            out.append(walk.at(sandbox.box(), APPS).html());
            out.append(lookUp(walk).html());
        }
        return out.toString().replaceAll("127\\.0\\.0\\.1:[0-9]+", "here");
    }

    private Sandbox sandbox(PageMutation... mutations) {
        return sandbox("none", mutations);
    }

    private Sandbox sandbox(String scenario, PageMutation... mutations) {
        mutated = new MutatedPages(mutations);
        return mutated.in(Sandbox.builder().scenario(Scenario.parse(scenario))).start();
    }

    /** AppInv.aspx after 参照 of the app that Teams has. */
    private static View lookUp(Walk walk) {
        Matcher id = APP_ID.matcher(walk.accounts());
        assertThat(id.find()).isTrue();
        View page = walk.signIn(walk.at(walk.sandbox.sharePointAdmin(), "/_layouts/15/AppInv.aspx"));
        return walk.visitor.press(page, "参照", Map.of("アプリ ID", id.group(1)));
    }

    // ---- the same page in another form: whoever compares whole labels gets through

    @ParameterizedTest
    @EnumSource(
            value = PageMutation.class,
            names = {
                "MENUS_REORDERED",
                "BUTTONS_AS_INPUTS",
                "BUTTONS_AS_DIVS",
                "BUTTONS_AS_LINKS",
                "LINKS_AS_BUTTONS",
                "FULL_WIDTH_LABELS",
                "HALF_WIDTH_KANA",
                "SPACED_LABELS",
                "LABELS_IN_PARTS",
                "SIMILAR_SERVICE",
                "RELOADING",
                "POLICIES_EMPTY"
            })
    void otherForms_canBeLinkedByWholeLabels(PageMutation mutation) {
        try (Sandbox sandbox = sandbox(mutation)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.DROPBOX);
            assertThat(sandbox.summary().grants(CloudService.DROPBOX)).isEqualTo(1);
            assertThat(mutated.wrongClicks()).isEmpty();
            assertThat(sandbox.summary().violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PageMutation.class,
            names = {"BUTTONS_AS_INPUTS", "BUTTONS_AS_DIVS", "BUTTONS_AS_LINKS", "LINKS_AS_BUTTONS"})
    void otherElements_countAsTheOrdinaryOnes(PageMutation mutation) {
        assertThat(handsOn(mutation)).isEqualTo(handsOn());
    }

    private HandsOn handsOn(PageMutation... mutations) {
        try (Sandbox sandbox = sandbox(mutations)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            return sandbox.summary().handsOn(HandsOn.Actor.PERSON);
        }
    }

    @Test
    void englishLabels_areShownToWhoeverAsksForJapanese() {
        try (Sandbox sandbox = sandbox(PageMutation.ENGLISH_LABELS)) {
            Walk walk = new Walk(sandbox);
            View view = walk.visitor.press(
                    walk.at(sandbox.console(), "/"),
                    "Log In",
                    Map.of("Account", sandbox.account(), "Password", sandbox.consolePassword()));
            assertThat(walk.visitor.press(view, "OK").hasButton("Open Console")).isTrue();
            assertThat(walk.at(sandbox.sharePointAdmin(), "/_layouts/15/AppInv.aspx")
                            .text())
                    .contains("Email address");
        }
    }

    @Test
    void similarServices_areWrongClicks() {
        try (Sandbox sandbox = sandbox(PageMutation.SIMILAR_SERVICE)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View add = walk.at(sandbox.console(), "/console/service-accounts/add");
            walk.visitor.follow(add, "MyBox");
            assertThat(mutated.wrongClicks())
                    .containsExactly(
                            new WrongClick(PageMutation.SIMILAR_SERVICE, HandsOn.Actor.PERSON, "console", "/decoy"));
        }
    }

    // ---- the wizard

    @ParameterizedTest
    @EnumSource(
            value = PageMutation.class,
            names = {"GRANT_MISSING", "GRANT_DISABLED", "GRANT_RENAMED"})
    void grantButton_cannotBePressedByItsWholeLabel(PageMutation mutation) {
        try (Sandbox sandbox = sandbox(mutation)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            assertThat(walk.wizard(CloudService.BOX).hasButton(GRANT)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PageMutation.class,
            names = {"GRANT_TWICE", "OTHER_ORGANISATION", "OTHER_ACCOUNT"})
    void grant_onAWrongPage_isAWrongClick(PageMutation mutation) {
        try (Sandbox sandbox = sandbox(mutation)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View wizard = walk.wizard(CloudService.BOX);
            assertThat(mutated.wrongClicks()).isEmpty();
            walk.visitor.press(wizard, GRANT);
            assertThat(mutated.wrongClicks()).extracting(WrongClick::mutation).containsExactly(mutation);
        }
    }

    @Test
    void misleadingDialog_hasTheLabelOfSomethingElse() {
        try (Sandbox sandbox = sandbox(PageMutation.MISLEADING_DIALOG)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            String html = walk.wizard(CloudService.BOX).html();
            assertThat(html.split(">" + GRANT + "<", -1)).hasSize(3);
            assertThat(html).contains("role=\"dialog\"", "action=\"/decoy\"");
        }
    }

    @Test
    void confirmationBeforeGrant_isWrongOnlyForWhoeverAgrees() {
        try (Sandbox sandbox = sandbox(PageMutation.CONFIRMATION_BEFORE_GRANT)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View asked = walk.visitor.press(walk.wizard(CloudService.BOX), GRANT, Map.of("高度な脅威対策", "on"));
            assertThat(asked.text()).contains("すべての組織");
            assertThat(mutated.wrongClicks()).isEmpty();
            walk.visitor.press(asked, "OK");
            assertThat(mutated.wrongClicks()).hasSize(1);
        }
    }

    @Test
    void serviceGreyedOut_isNoLinkAlthoughNothingIsListed() {
        try (Sandbox sandbox = sandbox(PageMutation.SERVICE_GREYED_OUT)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View add = walk.at(sandbox.console(), "/console/service-accounts/add");
            assertThat(add.text()).contains("Box");
            assertThat(add.hasLink("Box")).isFalse();
            assertThat(walk.accounts()).doesNotContain("\tBox");
        }
    }

    // ---- the providers

    @ParameterizedTest
    @EnumSource(
            value = PageMutation.class,
            names = {"BOX_APP_TWICE", "BOX_DEFAULT_MISSING", "OTHER_PROVIDER_ACCOUNT"})
    void boxApp_savedOnAWrongPage_isAWrongClick(PageMutation mutation) {
        try (Sandbox sandbox = sandbox(mutation)) {
            Walk walk = new Walk(sandbox);
            View apps = walk.signIn(walk.at(sandbox.box(), APPS));
            walk.visitor.press(apps.section(APP).orElseThrow(), "保存");
            assertThat(mutated.wrongClicks()).extracting(WrongClick::mutation).containsExactly(mutation);
        }
    }

    @Test
    void boxAppMissing_leavesTheNeighbour() {
        try (Sandbox sandbox = sandbox(PageMutation.BOX_APP_MISSING)) {
            Walk walk = new Walk(sandbox);
            View apps = walk.signIn(walk.at(sandbox.box(), APPS));
            assertThat(apps.headings()).containsExactly("アプリケーションの個別管理", APP + " (Legacy)");
        }
    }

    @Test
    void m365_6_lookupThatFindsAnother_makesCreatingAWrongClick() {
        try (Sandbox sandbox = sandbox("already-linked", PageMutation.LOOKUP_FINDS_ANOTHER)) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            View looked = lookUp(walk);
            assertThat(looked.value("タイトル")).isEqualTo("Contoso Backup");
            assertThat(mutated.wrongClicks()).isEmpty();
            walk.visitor.press(looked, "作成");
            assertThat(mutated.wrongClicks()).hasSize(1);
        }
    }

    @Test
    void withoutMutation_nothingIsWrongAndNothingIsADecoy() {
        assertThat(pages()).doesNotContain("/decoy");
        try (Sandbox sandbox = sandbox()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.link(CloudService.BOX);
            assertThat(mutated.wrongClicks()).isEmpty();
        }
    }
}
