package io.github.kaitsu.simulation;

import static io.github.kaitsu.CloudService.BOX;
import static io.github.kaitsu.CloudService.DROPBOX;
import static io.github.kaitsu.CloudService.GMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.console.NotProof.Reason;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.text.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary ways in which a pasted text once fooled the proof (COMMON-12, -13), each through the public client. */
class FindingsTest {
    private static final String SUCCESS = "通知\n重大度: 成功しました\n";
    private static final String GRANT = "コンソールに戻り、「{console.syncedSentence}」と表示されるまで待ちます。\n"
            + "Back in the console wait for “{console.syncedSentence}”.";
    private static final Duration SYNCHRONISED = Duration.ofHours(1);

    /** What sets the tests' stage: the same walk, with nothing odd in it, proves. */
    @Test
    void common12_whenNothingIsOdd_itIsProtected() throws Exception {
        ByHand run = ByHand.granted(BOX).pass(SYNCHRONISED).read();

        assertThat(run.isProtected(BOX)).isTrue();
        assertThat(run.level(BOX, "protected")).isEqualTo(Level.ATTESTED);
        assertThat(run.reasons(BOX)).isEmpty();
        assertThat(run.open("box.switch")).isPresent();
    }

    // ---- lines from another time

    @ParameterizedTest
    @CsvSource({"2023/02/09 02:08:43, TOO_OLD", "2099/01/01 00:00:00, IN_THE_FUTURE"})
    void common12_whenTheOnlyLineIsOfAnotherTime_itProvesNothing(String time, Reason reason) throws Exception {
        ByHand run = ByHand.granted(BOX).pass(SYNCHRONISED);
        run.paste(boxLineAt(run, time));

        assertThat(run.isProtected(BOX)).isFalse();
        assertThat(run.reasons(BOX)).containsExactly(reason);
        assertThat(run.notProved(BOX).get(0).why().line()).contains(time);
    }

    @Test
    void common12_whenALineOfTheFutureComes_itIsNotAdoptedEither() throws Exception {
        ByHand run = ByHand.begun(BOX);
        run.world.grant(BOX, false);
        run.pass(SYNCHRONISED).paste(boxLineAt(run, "2099/01/01 00:00:00"));

        assertThat(run.events(Event.Adopted.class)).isEmpty();
        assertThat(run.reasons(BOX)).contains(Reason.IN_THE_FUTURE);
        assertThat(run.events(Event.Offered.class))
                .noneMatch(o -> o.step().value().equals("box.grant"));
    }

    @Test
    void common12_whenTheLineIsAsOldAsTheBaselinesNewest_itProvesNothing() throws Exception {
        ByHand run = ByHand.begun(BOX);
        run.paste(run.world.consoleText() + "Dropboxは保護されています。 2026/11/23 23:00:00 - 初期設定の組織\n");
        run.world.grant(BOX, false);
        run.answer("box.grant", Answer.done(ByHand.SATO)).pass(SYNCHRONISED);
        run.paste(boxLineAt(run, "2026/11/23 23:00:00"));

        assertThat(run.isProtected(BOX)).isFalse();
        assertThat(run.reasons(BOX)).containsExactly(Reason.NOT_NEW);
    }

    /** The first reading showed 通知 under 保留 only, or not at all: whatever stands there later may have stood there before. */
    @Test
    void common12_whenTheBaselineLacksTheNotifications_theyAreAskedForBeforeAnythingIsGranted() throws Exception {
        ByHand run = ByHand.begun(BOX);
        String before = run.world.consoleText();
        run.paste(before.replace(SUCCESS, ""));

        assertThat(run.open("box.grant")).isEmpty();
        assertThat(run.action("console.read").form().parts()).containsExactly(ConsoleReading.Part.SUCCESS);
        for (Locale locale : new Locale[] {Locale.JAPANESE, Locale.ENGLISH}) {
            assertThat(String.join("\n", run.action("console.read").instructions(locale)))
                    .contains(locale.equals(Locale.JAPANESE) ? "「通知」の一覧がありませんでした" : "lacked the notifications");
        }

        run.paste(SUCCESS);
        assertThat(run.open("box.grant")).isPresent();
    }

    // ---- what the accounts say

    @Test
    void common12_whenTheServiceWasNeverListed_aSuccessLineProvesNothing() throws Exception {
        ByHand run = ByHand.granted(BOX).pass(SYNCHRONISED);
        run.paste(run.world.consoleText().replace("admin@example.co.jp\tBox\n", ""));

        assertThat(run.isProtected(BOX)).isFalse();
        assertThat(run.seen(BOX, "linked").evidence().holds()).isFalse();
        assertThat(run.events(Event.Adopted.class)).isEmpty();
    }

    @Test
    void common12_whenTheServiceWasListedAndIsGoneAgain_aSuccessLineProvesNothing() throws Exception {
        ByHand run = ByHand.granted(BOX).read(); // listed, still 保留
        assertThat(run.seen(BOX, "linked").evidence().holds()).isTrue();

        run.pass(SYNCHRONISED).paste(run.world.consoleText().replace("admin@example.co.jp\tBox\n", ""));
        assertThat(run.isProtected(BOX)).isFalse();
        assertThat(run.status(BOX)).isNotEqualTo(ActivationStatus.FINISHING);
    }

    /** One word about one service is no whole list, but it counts against us. */
    @Test
    void common12_whenOneWordSaysItIsGone_theWholeListOfBeforeCountsNoMore() throws Exception {
        ByHand run = ByHand.granted(BOX).read().pass(SYNCHRONISED);
        run.paste("""
            Box: 一覧にない
            通知
            重大度: 成功しました
            Boxは保護されています。 2026/11/24 00:20:00 - 初期設定の組織
            タスクリスト
            重大度: 保留
            """);

        assertThat(run.isProtected(BOX)).isFalse();
        assertThat(run.reasons(BOX)).contains(Reason.INCOMPLETE);
    }

    // ---- the opposite

    @ParameterizedTest
    @ValueSource(
            strings = {
                "通知\n重大度: 成功しました\nBoxは保護されていません。 2026/11/24 00:30:00 - 初期設定の組織\n",
                "通知\n重大度: 成功しました\nBoxは保護されていません。 2026/11/24 00:20:00 - 初期設定の組織\n",
                "通知\n重大度: すべて\nBoxは保護されていません。 2026/11/24 00:30:00 - 初期設定の組織\n",
                "Notifications\nSeverity: All\nBox is not protected. 2026/11/24 00:30:00 - 初期設定の組織\n",
                "通知\n重大度: 失敗\nBoxのユーザおよびグループを更新しました。 2026/11/24 00:30:00 - 初期設定の組織\n",
                "タスクリスト\n重大度: 失敗しました\nBoxの同期を中止しました。 2026/11/24 00:30:00 - 初期設定の組織\n",
                "Tasks\nSeverity: Failed\nUpdating Box users failed. 2026/11/24 00:30:00 - 初期設定の組織\n",
                "タスクリスト\n重大度: 失敗\nBoxの同期を中止しました。\n",
                "通知\nBoxは保護されていません。\n"
            })
    void common12_whenAYoungerLineSaysTheOpposite_itIsNotProtected(String opposite) throws Exception {
        ByHand run = ByHand.granted(BOX).pass(SYNCHRONISED);
        run.paste(run.world.consoleText() + opposite);

        assertThat(run.isProtected(BOX)).isFalse();
        assertThat(run.reasons(BOX)).containsExactly(Reason.NEWER_OPPOSITE);

        ByHand adopting = ByHand.begun(BOX);
        adopting.world.grant(BOX, false);
        adopting.pass(SYNCHRONISED).paste(adopting.world.consoleText() + opposite);
        assertThat(adopting.isProtected(BOX)).isFalse();
        assertThat(adopting.events(Event.Adopted.class)).isEmpty();
        assertThat(adopting.reasons(BOX)).containsExactly(Reason.NEWER_OPPOSITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "通知\n重大度: 成功しました\nBoxは保護されていません。 2026/11/24 00:10:00 - 初期設定の組織\n", // older
                "通知\n重大度: 失敗\nBoxは保護されていません。 2026/11/24 00:30:00 - 別の組織\n",
                "通知\n重大度: 失敗\nDropboxは保護されていません。 2026/11/24 00:30:00 - 初期設定の組織\n"
            })
    void common12_whenTheOppositeIsOlderOrOfSomethingElse_itIsProtected(String opposite) throws Exception {
        ByHand run = ByHand.granted(BOX).pass(SYNCHRONISED);
        run.paste(run.world.consoleText() + opposite);

        assertThat(run.isProtected(BOX)).isTrue();
    }

    // ---- the sentence of today's console

    @Test
    void common12_whenTheSentenceStandsAlone_itProvesInTodaysConsole() throws Exception {
        ByHand run = ByHand.grantedToday(BOX).pass(SYNCHRONISED);
        run.paste(withoutLines(run) + "Successfully created a service account and synced data.\n");

        assertThat(run.isProtected(BOX)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "「Successfully created a service account and synced data.」とは表示されていません",
                "「Successfully created a service account and synced data.」",
                "\"Successfully created a service account and synced data.\"",
                "Successfully created a service account and synced data. とは表示されていません",
                "次の文が出るまで待つ：Successfully created a service account and synced data.",
                "Successfully created a service account and synced data.\nとは表示されていません",
                "まだ表示されていません:\nSuccessfully created a service account and synced data.",
                "Successfully created a service account"
            })
    void common12_whenTheSentenceIsOnlySpokenOf_itProvesNothing(String text) throws Exception {
        ByHand run = ByHand.grantedToday(BOX).pass(SYNCHRONISED);
        run.paste(withoutLines(run) + text + "\n");

        assertThat(run.isProtected(BOX)).isFalse();
        assertThat(run.status(BOX)).isEqualTo(ActivationStatus.SYNCHRONIZING);
    }

    @Test
    void common12_whenOurOwnInstructionsArePastedBack_theyProveNothing() throws Exception {
        for (Locale locale : new Locale[] {Locale.JAPANESE, Locale.ENGLISH}) {
            ByHand run = ByHand.grantedToday(BOX).pass(SYNCHRONISED);
            OperatorAction reading = run.action("console.read");
            String ours = String.join(
                    "\n",
                    reading.title(locale),
                    reading.goal(locale),
                    String.join("\n", reading.instructions(locale)),
                    reading.verification(locale),
                    Labels.of(Edition.CONSOLE_2024_07, locale).fill(GRANT, List.of()));

            assertThat(ours).contains("Successfully created a service account and synced data.");
            assertThat(run.paste(withoutLines(run) + ours + "\n").isProtected(BOX))
                    .isFalse();
        }
    }

    // ---- what is 保留

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dropboxのユーザおよびグループを更新しています。",
                "Dropboxのユーザおよびグループを更新しています。 たった今",
                "Dropbox",
                "2026/11/24",
                "何かを処理しています。",
                "- 初期設定の組織"
            })
    void common13_whenWhatIsPendingCannotBeRead_nothingElseIsGranted(String line) throws Exception {
        ByHand run = ByHand.begun(BOX);
        run.paste(pending(run, line + "\n"));

        assertThat(run.open("box.grant")).isEmpty();
        run.pass(Duration.ofHours(2)).untilAsked().read();
        assertThat(run.open("box.grant")).isPresent();
    }

    /** An empty list that prints a smaller count than the lines below it, and then nothing: the lines count against us. */
    @Test
    void common13_whenALaterReadingContradictsTheEmptyList_nothingIsGrantedOnTheEarlierOne() throws Exception {
        ByHand run = ByHand.begun(BOX);
        run.paste("運用管理 > サービスアカウント\nアカウント名\tサービスの種類\nタスクリスト\n重大度: 保留\n"); // no 成功しました yet
        run.paste("タスクリスト (0)\n重大度: 保留\nGmailのユーザおよびグループを更新しています。 2026/11/24 00:00:00 - 初期設定の組織\n" + SUCCESS);

        assertThat(run.open("box.grant")).isEmpty();
        assertThat(run.action("console.read").form().parts()).contains(ConsoleReading.Part.PENDING);
    }

    // ---- rows

    @ParameterizedTest
    @ValueSource(strings = {"admin@e.jp Box", "admin@e.jp　Box", "Box admin@e.jp", "admin@e.jp | Box", "admin@e.jp,Box"})
    void common6_whenARowHasOtherSeparators_itsServiceIsNeverGrantedAgain(String row) throws Exception {
        ByHand run = ByHand.begun(BOX);
        run.world.grant(BOX, false);
        for (int i = 0; i < 6; i++) {
            run.untilAsked().paste(run.world.consoleText().replace("admin@example.co.jp\tBox", row));
        }

        assertThat(run.events(Event.Offered.class))
                .noneMatch(o -> o.step().value().equals("box.grant"));
        assertThat(run.world.grants).containsEntry(BOX, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin@e.jp SuperBox", "ad…@e.jp Bo", "admin@e.jp\tBox\tDropbox"})
    void common6_whenARowCannotBeRead_nothingIsGranted(String row) throws Exception {
        ByHand run = ByHand.begun(BOX);
        for (int i = 0; i < 6; i++) {
            run.untilAsked().paste(run.world.consoleText().replace("サービスの種類\n", "サービスの種類\n" + row + "\n"));
        }

        assertThat(run.events(Event.Offered.class))
                .noneMatch(o -> o.step().value().equals("box.grant"));
    }

    /** Read where the page was not: the earlier whole page did not show it, and both cannot be. */
    @Test
    void common6_whenARowTurnsUpAfterAPageWithoutIt_thePageIsReadAgainBeforeAnythingIsGranted() throws Exception {
        ByHand run = ByHand.begun(BOX);
        run.paste("運用管理 > サービスアカウント\nアカウント名\tサービスの種類\nタスクリスト\n重大度: 保留\n");
        run.paste("admin@e.jp\tBox\n" + SUCCESS);

        assertThat(run.open("box.grant")).isEmpty();
        assertThat(run.action("console.read").form().parts()).contains(ConsoleReading.Part.ACCOUNTS);
    }

    // ---- two consoles

    @Test
    void common12_whenOneTextIsPastedForTwoConsoles_aPersonIsAskedAndSaysYesInTheirName() throws Exception {
        TwoConsoles two = new TwoConsoles();
        assertThat(two.second.isProtected(BOX)).isFalse();
        assertThat(two.second.reasons(BOX)).containsExactly(Reason.ANOTHER_CONSOLES_TEXT);

        two.second.answer("box.own-text", Answer.saw("tanaka", "yes"));
        assertThat(two.second.isProtected(BOX)).isTrue();
        assertThat(two.second.level(BOX, "protected")).isEqualTo(Level.ATTESTED);
        assertThat(two.second.seen(BOX, "protected").evidence().source().name()).contains("tanaka");
    }

    /** With a line more or less, in another order, or the one line that matters in a text of one's own. */
    static Stream<UnaryOperator<String>> changes() {
        return Stream.of(
                text -> text.replace("\n", "\n\n"),
                text -> text + "Gmailのユーザおよびグループを更新しました。 2026/11/20 07:59:50 - 初期設定の組織\n",
                text -> text.replaceAll("Boxのユーザおよび[^\n]*\n", ""),
                text -> text.replace("admin@example.co.jp", "admin@another.example"),
                text -> text.replace("サービスの種類\n", "サービスの種類\nadmin@example.co.jp\tGmail\n"),
                text -> "運用管理 > サービスアカウント\nアカウント名\tサービスの種類\nx@y.jp\tBox\nタスクリスト\n重大度: 保留\n通知\n重大度: 成功しました\n"
                        + text.lines()
                                .filter(line -> line.startsWith("Boxは保護"))
                                .findFirst()
                                .orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void common12_whenAPartOfAnothersTextIsPasted_aPersonIsAskedAllTheSame(UnaryOperator<String> change)
            throws Exception {
        TwoConsoles two = new TwoConsoles(change);

        assertThat(two.second.isProtected(BOX)).isFalse();
        assertThat(two.second.reasons(BOX)).containsExactly(Reason.ANOTHER_CONSOLES_TEXT);
        assertThat(two.second.open("box.own-text")).isPresent();
    }

    /** The sentence that ends today's window is the same in every console; the accounts above it are not. */
    @Test
    void common12_whenTodaysWindowIsPastedForTwoConsoles_aPersonIsAsked() throws Exception {
        String page = """
                運用管理 > サービスアカウント
                アカウント名\tサービスの種類
                admin@hanamaru.example\tBox
                タスクリスト
                重大度: 保留
                Boxへのアクセス権付与
                Successfully created a service account and synced data.
                """;
        ByHand first = ByHand.grantedToday(BOX).pass(SYNCHRONISED).paste("運用管理 > サービスアカウント\nアカウント名\tサービスの種類\n" + page);
        assertThat(first.isProtected(BOX)).isTrue();
        CustomerId customer = new CustomerId(ConsoleSite.JP, "CAS0002", first.sim.customer.organisation());
        Simulation other = new Simulation(2, 0, "other", customer, first.sim.store);
        ByHand second = new ByHand(other).begin(Edition.CONSOLE_2024_07, BOX).read();
        other.world.grant(BOX, false);
        second.answer("box.grant", Answer.done(ByHand.SATO)).pass(SYNCHRONISED).paste(page);

        assertThat(second.isProtected(BOX)).isFalse();
        assertThat(second.reasons(BOX)).containsExactly(Reason.ANOTHER_CONSOLES_TEXT);
    }

    @Test
    void common12_whenTheTextIsAnotherConsoles_itIsNotRefusedForEver() throws Exception {
        TwoConsoles two = new TwoConsoles();
        two.second.answer("box.own-text", Answer.saw("tanaka", "no"));
        assertThat(two.second.isProtected(BOX)).isFalse();
        assertThat(two.second.open("box.own-text")).isEmpty();

        two.second.untilAsked().read(); // its own at last
        assertThat(two.second.isProtected(BOX)).isTrue();
        assertThat(two.second.seen(BOX, "protected").evidence().source().name()).isEqualTo(ByHand.SATO);
    }

    @Test
    void common12_whenTheSameConsoleIsReadTwice_nobodyIsAskedWhoseItIs() throws Exception {
        ByHand run = ByHand.begun(BOX, DROPBOX).read();
        run.world.grant(BOX, false);
        run.answer("box.grant", Answer.done(ByHand.SATO))
                .pass(SYNCHRONISED)
                .read()
                .read();

        assertThat(run.isProtected(BOX)).isTrue();
        assertThat(run.events(Event.Offered.class))
                .noneMatch(o -> o.step().value().endsWith(".own-text"));
    }

    /** One customer's text, handed in for another whose console says nothing yet. */
    private static final class TwoConsoles {
        final ByHand second;

        TwoConsoles() throws Exception {
            this(text -> text);
        }

        TwoConsoles(UnaryOperator<String> change) throws Exception {
            ByHand first = ByHand.granted(BOX).pass(SYNCHRONISED).read();
            assertThat(first.isProtected(BOX)).isTrue();
            CustomerId customer = new CustomerId(ConsoleSite.JP, "CAS0002", first.sim.customer.organisation());
            Simulation other = new Simulation(2, 0, "other", customer, first.sim.store);
            second = new ByHand(other).begin(Edition.CONSOLE_2024_04, BOX).read();
            second.pass(Duration.ofMinutes(7)); // its own line will have its own time
            other.world.grant(BOX, false);
            second.answer("box.grant", Answer.done(ByHand.SATO)).pass(SYNCHRONISED);
            second.paste(change.apply(first.world.consoleText()));
        }
    }

    // ---- what no reader can notice

    /** A line is gone from the first reading, whose list prints no count: it rests on the word of who pasted it. */
    @Test
    void common20_whenAPersonLeavesALineOut_whatFollowsIsAttestedInTheirNameAndNeverVerified() throws Exception {
        ByHand run = ByHand.begun(BOX);
        String old = "Boxは保護されています。 2026/11/23 23:00:00 - 初期設定の組織\n"; // of a link that was removed
        run.paste("mallory", run.world.consoleText());
        run.answer("box.grant", Answer.done("mallory")).pass(SYNCHRONISED);
        run.world.grant(BOX, false); // only now
        run.paste("mallory", run.world.consoleText().replaceAll("Boxのユーザおよび[^\n]*\n", "") + old);

        assertThat(run.isProtected(BOX)).isTrue();
        assertThat(run.level(BOX, "protected")).isEqualTo(Level.ATTESTED);
        assertThat(run.seen(BOX, "protected").evidence().source().name()).isEqualTo("mallory");
    }

    // ---- Google's task

    @Test
    void goog_whenTheTaskItselfSucceeded_itProvesAtGoogleAndNowhereElse() throws Exception {
        for (CloudService service : new CloudService[] {GMAIL, BOX}) {
            ByHand run = ByHand.granted(service).pass(SYNCHRONISED);
            String label = service.label(Locale.JAPANESE);
            run.paste("運用管理 > サービスアカウント\nアカウント名\tサービスの種類\nadmin@example.co.jp\t" + label
                    + "\nタスクリスト\n重大度: 成功しました\n" + label
                    + "のユーザおよびグループを更新しました。 2026/11/24 00:20:00 - 初期設定の組織\n重大度: 保留\n");

            assertThat(run.isProtected(service)).isEqualTo(service == GMAIL);
        }
    }

    // ---- texts

    /** The console after the synchronisation, with the time of Box's line changed. */
    private static String boxLineAt(ByHand run, String time) {
        return run.world.consoleText().replaceAll("(Boxは保護されています。) [0-9/]+ [0-9:]+", "$1 " + time);
    }

    private static String withoutLines(ByHand run) {
        return run.world.consoleText().replaceAll("[^\n]*保護されています[^\n]*\n", "");
    }

    private static String pending(ByHand run, String lines) {
        return run.world.consoleText().replace("重大度: 保留\n", "重大度: 保留\n" + lines);
    }
}
