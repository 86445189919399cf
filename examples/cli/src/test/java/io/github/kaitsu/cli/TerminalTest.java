package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.cli.Kaitsu.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads in the terminal, and in which order: what to do next first, what to know apart from it, codes only if wanted. */
class TerminalTest {
    private static final String COMPANY = "株式会社ひかり";
    private static final Pattern RULE = Pattern.compile("\\b(COMMON|BOX|DROPBOX|GOOGLE|M365|MIP)-\\d+\\b");
    private static final Pattern API = Pattern.compile("(GET|POST|PUT|DELETE) /");
    /** What no text for people is to hold. */
    private static final List<Pattern> CODES =
            List.of(RULE, API, Pattern.compile("\\b(VERIFIED|ATTESTED|PROTECTED|LINKING|SYNCHRONIZING|FINISHING)\\b"));

    private static final Pattern REAL_PAGE =
            Pattern.compile("https?://[\\w.-]*(trendmicro|box\\.com|dropbox|google|microsoft|sharepoint)");

    @TempDir
    Path state;

    private Result activate(String language, String... more) {
        return run(language, List.of("activate", "--sandbox", "--company", COMPANY, "--state", state.toString()), more);
    }

    private static Result run(String language, List<String> begin, String... more) {
        List<String> all = new ArrayList<>(begin);
        all.addAll(List.of(more));
        all.addAll(List.of("--lang", language));
        return Kaitsu.in("C").call(all.toArray());
    }

    private static void assertNoCodes(String text) {
        CODES.forEach(code -> assertThat(text).doesNotContainPattern(code));
    }

    private Result again(String command, String language, String... more) {
        return run(language, List.of(command, "--state", state.toString()), more);
    }

    @ParameterizedTest
    @CsvSource({"ja, == 次にすること, == 状況, == 知っておくこと", "en, == What to do next, == How it stands, == Good to know"})
    void aWaitingRun_tellsTheNextThingFirst(String language, String next, String standing, String toKnow) {
        String begun = activate(language, "--services", "box,dropbox", "--operator", "none")
                .out();
        String status = again("status", language).out();
        for (String text : List.of(begun, status)) {
            assertThat(text)
                    .containsSubsequence(
                            COMPANY,
                            next,
                            "CAS0001",
                            "kaitsu answer console.password.1 done",
                            "kaitsu resume",
                            standing,
                            "Box",
                            toKnow)
                    .doesNotContainPattern(REAL_PAGE);
            assertNoCodes(text);
        }
        assertThat(status.lines().limit(3)).contains(next);
        assertThat(again("status", language, "--verbose").out())
                .contains(next)
                .containsPattern(RULE)
                .containsPattern(API);
    }

    /** One run, and what of it is read: as it goes on, at its end, and long after. */
    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void aFinishedRun_leadsWithItsVerdict_tellsFailedRounds_andVerifyToo(String language) {
        boolean ja = language.equals("ja");
        String text = activate(language, "--services", "box", "--scenario", "link-fails:1", "--users", "20000")
                .out();
        // COMMON-10: a failed round is told as it happens, and afterwards
        assertThat(text)
                .containsOnlyOnce(
                        ja
                                ? "Box: 1回目の連携は完了しませんでした（画面のエラーまたは時間切れ）。2回目を行います。"
                                : "Box: link round 1 came to nothing (the page showed an error or timed out). Round 2 begins.");
        // COMMON-11: the expected end, and on what that rests
        assertThat(text.lines().filter(l -> l.contains(ja ? "完了の見込み" : "expected +")))
                .first()
                .asString()
                .contains("20000");
        assertThat(text)
                .containsSubsequence(
                        ja ? "1サービス中1サービスの連携が完了し" : "1 of 1 service is linked and proved",
                        ja ? "== 次にすること" : "== What to do next",
                        "1. ",
                        "kaitsu report --state " + state,
                        ja ? "== 状況" : "== How it stands",
                        ja ? "1回目の連携は完了しませんでした: " : "Link round 1 came to nothing: ",
                        ja ? "== 知っておくこと" : "== Good to know");
        assertNoCodes(text);
        String verified = again("verify", language).out();
        assertThat(verified.lines().findFirst().orElseThrow())
                .startsWith(ja ? "開通時からの変化は見つかりませんでした" : "No drift found");
        assertThat(verified.lines().skip(1).findFirst().orElseThrow()).contains(COMPANY);
        assertNoCodes(verified);
        if (ja) {
            assertThat(again("verify", language, "--verbose").out())
                    .containsPattern(RULE)
                    .containsPattern(API);
            everyCommandNamesTheCompany();
        }
    }

    private void everyCommandNamesTheCompany() {
        String removed = again("deactivate", "ja").out();
        assertThat(removed).contains(COMPANY);
        assertNoCodes(removed);
        assertThat(again("resume", "ja").out()).contains("「" + COMPANY + " / 初期設定の組織」の作業を続行します");
        assertThat(again("forget", "ja", "activation-1").out()).contains(COMPANY);
    }

    @Test
    void inTheSandbox_everyPageIsTheSandboxs() {
        String typed = "できた\n佐藤\nできた\n2024-04\n中断\n";
        String text = Kaitsu.in("ja_JP.UTF-8")
                .reads(typed)
                .call("activate", "--sandbox", "--services", "box", "--state", state, "--operator", "terminal")
                .out();
        assertThat(text).contains("場所: http://127.0.0.1:").doesNotContainPattern(REAL_PAGE);
        assertThat(Kaitsu.in("ja_JP.UTF-8")
                        .call("verify", "--state", state, "--operator", "none")
                        .out())
                .doesNotContainPattern(REAL_PAGE);
    }

    @Test
    void aPlan_tellsWhoComesWhen_beforeTheSteps_andNoCodes() {
        String plan = Kaitsu.run("plan", "--services", "box,teams", "--company", COMPANY)
                .out();
        assertThat(plan).containsSubsequence(COMPANY, "Visits in all", "## Box", "Grant access [Person]");
        assertNoCodes(plan);
        assertThat(Kaitsu.run("plan", "--services", "box", "--verbose").out())
                .containsPattern(RULE)
                .containsPattern(API);
    }

    // ---- nothing is removed before the company's name is typed

    @Test
    void deactivate_forReal_isRefusedWithoutTheCompanysName() {
        endedForReal("--company", COMPANY);
        Object[] remove = {"deactivate", "--state", state, "--services", "box", "--json"};
        Result missing = Kaitsu.run(remove);
        assertThat(missing.exit()).isEqualTo(Exits.REFUSED);
        assertThat(missing.errorCode()).isEqualTo("USAGE");
        assertThat(missing.json().at("/error/nextStep").asText()).contains("--company-name");
        Result other = Kaitsu.run("deactivate", "--state", state, "--services", "box", "--company-name", "株式会社のぞみ");
        assertThat(other.exit()).isEqualTo(Exits.REFUSED);
        assertThat(other.err()).contains("株式会社のぞみ", "Nothing was removed");
        assertThat(Kaitsu.json("status", "--state", state)
                        .json()
                        .path("removal")
                        .asBoolean())
                .isFalse();

        Result named = Kaitsu.run("deactivate", "--state", state, "--services", "box", "--company-name", "株式会社　ひかり");
        assertThat(named.out()).contains("removing Box for \"" + COMPANY);
    }

    @Test
    void deactivate_withoutACompany_asksForTheAccount() {
        endedForReal();
        Result missing = Kaitsu.json("deactivate", "--state", state, "--services", "box", "--company-name", "CAS");
        assertThat(missing.errorCode()).isEqualTo("USAGE");
        assertThat(Kaitsu.run("deactivate", "--state", state, "--services", "box", "--company-name", "CAS9")
                        .out())
                .contains("removing Box");
    }

    @Test
    void deactivate_atATerminal_asksForTheName_evenInTheSandbox() {
        activate("ja", "--services", "box");
        Object[] remove = {"deactivate", "--state", state};
        Result slip = Kaitsu.atTerminal(100).reads("yes\n").call(remove);
        assertThat(slip.exit()).isEqualTo(Exits.REFUSED);
        assertThat(slip.out()).contains("会社名を入力してください");
        assertThat(slip.err()).contains("「yes」", "何も解除していません");
        assertThat(Kaitsu.atTerminal(100).call(remove).exit()).isEqualTo(Exits.REFUSED);
        assertThat(Kaitsu.atTerminal(100).reads(COMPANY + "\n").call(remove).exit())
                .isZero();
    }

    /** A real activation that somebody has given up. */
    private void endedForReal(String... more) {
        List<String> begin = new ArrayList<>(List.of(
                "activate",
                "--account",
                "CAS9",
                "--services",
                "box",
                "--operator",
                "none",
                "--state",
                state.toString()));
        begin.addAll(List.of(more));
        Kaitsu.run(begin.toArray());
        Kaitsu.run("cancel", "--state", state, "--by", "sato");
    }
}
