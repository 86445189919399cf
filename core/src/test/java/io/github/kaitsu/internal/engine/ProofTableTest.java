package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.console.ConsoleReading.Part.ACCOUNTS;
import static io.github.kaitsu.console.ConsoleReading.Part.PENDING;
import static io.github.kaitsu.console.ConsoleReading.Part.SUCCESS;
import static io.github.kaitsu.console.NotProof.Reason.ANOTHER_CONSOLES_TEXT;
import static io.github.kaitsu.console.NotProof.Reason.CLOCK_UNSURE;
import static io.github.kaitsu.console.NotProof.Reason.INCOMPLETE;
import static io.github.kaitsu.console.NotProof.Reason.IN_THE_FUTURE;
import static io.github.kaitsu.console.NotProof.Reason.NEWER_OPPOSITE;
import static io.github.kaitsu.console.NotProof.Reason.NOT_LISTED;
import static io.github.kaitsu.console.NotProof.Reason.NOT_NEW;
import static io.github.kaitsu.console.NotProof.Reason.NOT_THIS_ORGANISATION;
import static io.github.kaitsu.console.NotProof.Reason.NO_BASELINE;
import static io.github.kaitsu.console.NotProof.Reason.NO_LINE;
import static io.github.kaitsu.console.NotProof.Reason.NO_ORGANISATION;
import static io.github.kaitsu.console.NotProof.Reason.NO_TIME;
import static io.github.kaitsu.console.NotProof.Reason.ORGANISATION_AMBIGUOUS;
import static io.github.kaitsu.console.NotProof.Reason.STILL_PENDING;
import static io.github.kaitsu.console.NotProof.Reason.TOO_OLD;
import static io.github.kaitsu.console.NotProof.Reason.UNKNOWN_SENTENCE;
import static io.github.kaitsu.console.NotProof.Reason.UNREADABLE_LINE;
import static io.github.kaitsu.internal.engine.Scene.BOX;
import static io.github.kaitsu.internal.engine.Scene.box;
import static io.github.kaitsu.internal.engine.Scene.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.internal.engine.Scene.Asks;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a reading comes to (COMMON-12): each row changes one thing of a scene that proves, and names the reasons that follow, with
 * the parts to be read again. No reason means proved.
 */
class ProofTableTest {
    record Row(String what, UnaryOperator<Scene> change, Set<Object> verdict) {
        @Override
        public String toString() {
            return what + " → " + (verdict.isEmpty() ? "proved" : verdict);
        }
    }

    private static Row row(String what, UnaryOperator<Scene> change, Object... verdict) {
        return new Row(what, change, Set.of(verdict));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"times", "organisations", "messages", "baselines", "accounts", "pending", "opposites", "other"})
    void common12_verdict(Row row) {
        Scene scene = row.change().apply(new Scene());

        assertThat(scene.verdict()).as(row.what()).isEqualTo(row.verdict());
    }

    static Stream<Row> times() {
        return Stream.of(
                row("nothing odd", s -> s),
                row("a second after the baseline's newest", s -> s.line(box("2026/11/22 08:00:01"))),
                row("48 hours before the baseline", s -> s.line(box("2026/11/22 00:00:00"))),
                row("a second more", s -> s.line(box("2026/11/21 23:59:59")), TOO_OLD),
                row("of 2023", s -> s.line(box("2023/02/09 02:08:43")), NOT_NEW),
                row(
                        "of 2023, above an empty baseline",
                        s -> s.before(b -> b.notices().tasks()).line(box("2023/02/09 02:08:43")),
                        TOO_OLD),
                row("of 2099", s -> s.line(box("2099/01/01 00:00:00")), IN_THE_FUTURE),
                row("of 2099 beside the right one", s -> s.and(box("2099/01/01 00:00:00"))),
                row("48 hours after our receipt", s -> s.line(box("2026/11/26 01:00:00"))),
                row("a second more than that", s -> s.line(box("2026/11/26 01:00:01")), IN_THE_FUTURE),
                row(
                        "15 hours after the console's clock",
                        s -> s.header("2026/11/24 01:00:00(UTC+00:00)").line(box("2026/11/24 16:00:00"))),
                row(
                        "a second more than 15 hours",
                        s -> s.header("2026/11/24 01:00:00(UTC+00:00)").line(box("2026/11/24 16:00:01")),
                        IN_THE_FUTURE),
                row("our clock leapt, the console's is there", s -> s.leapt().header("2026/11/24 01:00:00(UTC+00:00)")),
                row("our clock leapt, the console's is not there", s -> s.leapt(), CLOCK_UNSURE),
                row(
                        "our clock is years behind, the console's is right",
                        s -> s.header("2030/01/02 01:00:00(UTC+00:00)")
                                .before(b -> with(b, "2030/01/02 00:00:00(UTC+00:00)"))
                                .line(box("2030/01/02 00:20:00"))),
                row(
                        "in Japan's zone",
                        s -> s.header("2026/11/24 10:00:00 (UTC+09:00)").line(box("2026/11/24 09:20:00"))),
                row(
                        "in California's zone",
                        s -> s.header("2026/11/23 17:00:00 (UTC-08:00)").line(box("2026/11/23 16:20:00"))),
                row("a zone of its own", s -> s.line(box("2026/11/24 09:20:00 (UTC+09:00)"))),
                row(
                        "two zones on one page",
                        s -> s.header("2026/11/24 10:00:00 (UTC+09:00)\n2026/11/24 01:00:00 (UTC+00:00)"),
                        NO_TIME),
                row("a zone that does not exist", s -> s.header("2026/11/24 10:00:00 (UTC+29:00)"), NO_TIME),
                row("no time", s -> s.line("Boxは保護されています。 - 初期設定の組織"), NO_TIME),
                row("the message alone", s -> s.line("Boxは保護されています。"), NO_TIME),
                row("a date alone", s -> s.line(box("2026/11/24")), NO_TIME),
                row("a time of day alone", s -> s.line(box("00:20:00")), NO_TIME),
                row("without seconds", s -> s.line(box("2026/11/24 00:20")), NO_TIME),
                row("day first", s -> s.line(box("24/11/2026 00:20:00")), NO_TIME),
                row("month first", s -> s.line(box("11/24/2026 12:20:00 AM")), NO_TIME),
                row("in words", s -> s.line("Box protected. Nov 24, 2026 00:20:00 - 初期設定の組織"), NO_TIME),
                row("40 minutes ago", s -> s.line(box("40分前")), NO_TIME),
                row("with dashes", s -> s.line(box("2026-11-24 00:20:00"))),
                row("in Japanese", s -> s.line(box("2026年11月24日 0:20:00"))),
                row("in Japanese with the hour's sign", s -> s.line(box("2026年11月24日 0時20分0秒"))),
                row("a day that does not exist", s -> s.line(box("2026/11/31 00:20:00")), NO_TIME),
                row("an hour that does not exist", s -> s.line(box("2026/11/24 24:20:00")), NO_TIME),
                row("a digit misread", s -> s.line(box("2026/11/24 00:2O:00")), NO_TIME));
    }

    private static Scene.Pages with(Scene.Pages pages, String header) {
        pages.header = header;
        return pages;
    }

    static Stream<Row> organisations() {
        return Stream.of(
                row("another organisation", s -> s.line(of("別の組織")), NOT_THIS_ORGANISATION),
                row("English for the default one", s -> s.line(of("Default Organization")), NOT_THIS_ORGANISATION),
                row("none", s -> s.line("Boxは保護されています。 2026/11/24 00:20:00"), NO_ORGANISATION),
                row("a dash and none", s -> s.line("Boxは保護されています。 2026/11/24 00:20:00 -"), NO_ORGANISATION),
                row("ours and something behind it", s -> s.line(of("初期設定の組織2")), NOT_THIS_ORGANISATION),
                row("a part of ours", s -> s.line(of("初期設定")), NOT_THIS_ORGANISATION),
                row("another width", s -> s.ofOrganisation("ＡＢＣ　商事").line(of("ABC 商事"))),
                row("another case", s -> s.ofOrganisation("ABC商事").line(of("abc商事")), NOT_THIS_ORGANISATION),
                row("a wave dash of Windows", s -> s.ofOrganisation("第一〜第三").line(of("第一～第三"))),
                row("a minus of Windows", s -> s.ofOrganisation("支店−東").line(of("支店－東"))),
                row("a variation selector", s -> s.ofOrganisation("葛城").line(of("葛\uDB40\uDD00城"))),
                row("an icon behind it", s -> s.line(of("初期設定の組織 \uE5C5"))),
                row(
                        "two that fold to one name",
                        s -> s.ofOrganisation("第一〜第三")
                                .line(of("第一～第三"))
                                .more("運用管理 > 組織管理\n組織名\tアクセス権が付与されたサービス\n第一〜第三\tBox\n第一～第三\tGmail"),
                        ORGANISATION_AMBIGUOUS),
                row("two that differ", s -> s.more("運用管理 > 組織管理\n組織名\tアクセス権が付与されたサービス\n初期設定の組織\tBox\n第二組織\tGmail")),
                row("another's line beside ours", s -> s.and(of("別の組織"))),
                row("its own dash", s -> s.ofOrganisation("A - B").line(of("A - B"))));
    }

    private static String of(String organisation) {
        return "Boxは保護されています。 2026/11/24 00:20:00 - " + organisation;
    }

    static Stream<Row> messages() {
        return Stream.of(
                row("English", s -> s.line(line("Box protected.", "2026/11/24 00:20:00"))),
                row("without its full stop", s -> s.line(line("Boxは保護されています", "2026/11/24 00:20:00"))),
                row("Dropbox's", s -> s.line(line("Dropboxは保護されています。", "2026/11/24 00:20:00")), NO_LINE),
                row(
                        "what is left of Dropbox's",
                        s -> s.line(line("boxは保護されています。", "2026/11/24 00:20:00")),
                        UNREADABLE_LINE),
                row("MyBox's", s -> s.line(line("MyBoxは保護されています。", "2026/11/24 00:20:00")), NO_LINE),
                row("of no service", s -> s.line(line("は保護されています。", "2026/11/24 00:20:00")), UNREADABLE_LINE),
                row("unprotected", s -> s.line(line("Box unprotected.", "2026/11/24 00:20:00")), NEWER_OPPOSITE),
                row("a quotation", s -> s.line("「" + BOX + "」と表示されるまで待ちます。"), NO_LINE),
                row("taken back by the line below", s -> s.line(BOX + "\nとは表示されていません。"), NO_LINE),
                row("denied by the line above", s -> s.line("まだ次の行は表示されていません。\n" + BOX), NO_LINE),
                row(
                        "the tasks alone",
                        s -> s.line("")
                                .tasks(
                                        line("Boxのユーザおよびグループを更新しました。", "2026/11/24 00:19:50"),
                                        line("Boxの共有フォルダおよび隔離フォルダを作成しました。", "2026/11/24 00:19:48")),
                        NO_LINE),
                row("no line at all", s -> s.line(""), NO_LINE),
                row(
                        "two lines in one",
                        s -> s.line(BOX + " " + line("Gmailは保護されています。", "2026/11/24 00:20:00")),
                        NO_ORGANISATION),
                row("two copies", s -> s.and(BOX)),
                row("the older of two", s -> s.and(box("2026/11/24 00:10:00"))),
                row(
                        "Google's task",
                        s -> google(s).tasks(line("Googleドライブのユーザおよびグループを更新しました。", "2026/11/24 00:20:00"))),
                row(
                        "Google's task, still running",
                        s -> google(s).tasks(line("Googleドライブのユーザおよびグループを更新しています。", "2026/11/24 00:20:00")),
                        STILL_PENDING),
                row(
                        "both lists pasted one by one, the notifications first",
                        s -> s.order("hapn")
                                .then("タスクリスト\n重大度: 成功しました\n"
                                        + line("Gmailのユーザおよびグループを更新しました。", "2026/11/20 07:59:50"))),
                row(
                        "both lists pasted one by one, and then the opposite",
                        s -> s.order("hapn")
                                .then("タスクリスト\n重大度: 成功しました\n" + line("Boxは保護されていません。", "2026/11/24 00:30:00")),
                        NEWER_OPPOSITE),
                row(
                        "today's window of this service",
                        s -> s.wizard("Boxへのアクセス権付与\nSuccessfully created a service account and synced data.")),
                row(
                        "today's window of another service",
                        s -> s.wizard("Dropboxへのアクセス権付与\nSuccessfully created a service account and synced data."),
                        NO_LINE),
                row(
                        "today's windows of two services",
                        s -> s.wizard("Dropboxへのアクセス権付与\nBoxへのアクセス権付与\n"
                                + "Successfully created a service account and synced data."),
                        NO_LINE),
                row(
                        "failures that are not all shown, pasted alone",
                        s -> s.then("タスクリスト (1)\n重大度: 失敗しました\n"),
                        Asks.COUNT),
                row("no failures, pasted alone", s -> s.then("タスクリスト (0)\n重大度: 失敗しました\n")),
                row(
                        "failures that are more than their count, pasted alone",
                        s -> s.then("タスクリスト (0)\n重大度: 失敗しました\nGmailの処理ができませんでした。 2026/11/24 00:40:00 - 初期設定の組織\n"),
                        SUCCESS,
                        INCOMPLETE),
                row(
                        "a task that is still running, under no severity and older than the line",
                        s -> s.order("mhaptn").more(line("Boxのユーザおよびグループを更新しています。", "2026/11/24 00:05:00")),
                        STILL_PENDING),
                row(
                        "Google's task under no severity",
                        s -> google(s)
                                .order("mhapn")
                                .more(line("Googleドライブのユーザおよびグループを更新しました。", "2026/11/24 00:20:00")),
                        NO_LINE),
                row(
                        "Google's notification",
                        s -> google(s).notices(line("Googleドライブは保護されています。", "2026/11/24 00:20:00"))),
                row(
                        "Google's task, tasks not read before",
                        s -> google(s)
                                .before(b -> without(b, "hapnm"))
                                .tasks(line("Googleドライブのユーザおよびグループを更新しました。", "2026/11/24 00:20:00")),
                        NO_BASELINE));
    }

    private static Scene google(Scene scene) {
        return scene.of(CloudService.GOOGLE_DRIVE)
                .row("admin@example.co.jp\tGoogleドライブ")
                .line("");
    }

    private static Scene.Pages without(Scene.Pages pages, String order) {
        pages.order = order;
        return pages;
    }

    static Stream<Row> baselines() {
        return Stream.of(
                row("none", s -> s.nothingBefore(), NO_BASELINE),
                row("without the notifications", s -> s.before(b -> without(b, "hatp")), NO_BASELINE),
                row("without the tasks", s -> s.before(b -> without(b, "hapn"))),
                row("an empty list", s -> s.before(b -> b.notices().tasks())),
                row(
                        "in short: nothing",
                        s -> s.before(b -> {
                            b.edit = text -> "サービスアカウント: Gmail\n保留: 0\n成功: なし\n";
                            return b;
                        })),
                row("that holds the line", s -> s.before(b -> b.notices(BOX)), NOT_NEW),
                row(
                        "that holds the line under another heading",
                        s -> s.before(b -> {
                            b.more = "通知\n重大度: すべて\n" + BOX;
                            return b;
                        }),
                        NOT_NEW),
                row(
                        "that holds it in another width",
                        s -> s.before(b -> b.notices("Ｂｏｘは保護されています。 2026/11/24　00:20:00 － 初期設定の組織")),
                        NOT_NEW),
                row(
                        "that holds it in another language",
                        s -> s.before(b -> b.notices(line("Box protected.", "2026/11/24 00:20:00"))),
                        NOT_NEW),
                row(
                        "whose newest line is as young",
                        s -> s.before(b -> b.notices(line("Gmailは保護されています。", "2026/11/24 00:20:00"))),
                        NOT_NEW),
                row(
                        "whose newest task is younger",
                        s -> s.before(b -> b.tasks(line("Gmailのユーザおよびグループを更新しました。", "2026/11/24 00:30:00"))),
                        NOT_NEW),
                row("with another's line without time", s -> s.before(b -> b.notices("Gmailは保護されています。"))),
                row(
                        "with another's line whose time cannot be read",
                        s -> s.before(b -> b.notices("Gmailは保護されています。 昨日 12:00 - 初期設定の組織"))),
                row(
                        "with our own line without time, and one that is younger than the reading",
                        s -> s.before(b -> b.notices("Boxは保護されています。"))),
                row(
                        "with our own line without time, and one that is no younger than the reading",
                        s -> s.before(b -> b.notices("Boxは保護されています。")).line(box("2026/11/23 23:59:00")),
                        NOT_NEW),
                row(
                        "with a line without time that may be anybody's",
                        s -> s.before(b -> b.notices("処理が完了しました。 昨日 12:00 - 初期設定の組織"))
                                .line(box("2026/11/23 23:59:00")),
                        NOT_NEW),
                row(
                        "with our own line without time, read at the console's 00:30",
                        s -> s.header("2026/11/24 01:00:00(UTC+00:00)")
                                .before(b -> with(b.notices("Boxは保護されています。"), "2026/11/24 00:30:00(UTC+00:00)")),
                        NOT_NEW),
                row(
                        "with our own line without time, read an hour before the console's 01:05",
                        s -> s.header("2026/11/24 01:05:00(UTC+00:00)")
                                .before(b -> b.notices("Boxは保護されています。"))
                                .line(box("2026/11/24 00:05:30")),
                        NOT_NEW),
                row(
                        "with a smaller count than its lines",
                        s -> s.before(b -> {
                            b.notices = "通知 (0)\n重大度: 成功しました\n" + line("Gmailは保護されています。", "2026/11/20 08:00:00");
                            return b;
                        }),
                        NO_BASELINE),
                row(
                        "with an older clock of the console's",
                        s -> s.before(b -> with(b, "2026/11/23 20:00:00(UTC+00:00)"))));
    }

    static Stream<Row> accounts() {
        return Stream.of(
                row("not listed", s -> s.accounts("admin@example.co.jp\tGmail"), NOT_LISTED),
                row("an empty list", s -> s.accounts(), NOT_LISTED),
                row("not read", s -> s.order("htpnm"), INCOMPLETE, ACCOUNTS),
                row(
                        "an unreadable row beside it",
                        s -> s.row("admin@example.co.jp\tBox\nadmin@example.co.jp\tBocks Drive"),
                        INCOMPLETE,
                        ACCOUNTS),
                row("an unreadable row instead", s -> s.row("admin@example.co.jp\tSuper Box"), INCOMPLETE, ACCOUNTS),
                row("one space between", s -> s.row("admin@e.jp Box")),
                row("a wide space between", s -> s.row("admin@e.jp　Box")),
                row("bars", s -> s.row("admin@e.jp | Box")),
                row("a Markdown table", s -> s.row("| ☐ | admin@e.jp | Box |")),
                row("a check box and a status", s -> s.row("☐\tadmin@e.jp\tBox\tアクセストークンの再作成")),
                row("the columns turned", s -> s.row("Box\tadmin@e.jp")),
                row(
                        "one cell a line",
                        s -> s.accountsPage(
                                "運用管理 > サービスアカウント\nアカウント名 / 登録トークン\nサービスの種類\nadmin@e.jp\nGmail\nadmin@e.jp\nBox")),
                row(
                        "English",
                        s -> s.accountsPage(
                                "Administration > Service Account\nAccount Name / Token\tService Type\nadmin@e.jp\tGmail\nadmin@e.jp\tBox")),
                row(
                        "rows without their page",
                        s -> s.accountsPage("admin@e.jp\tGmail\nadmin@e.jp\tBox"),
                        INCOMPLETE,
                        ACCOUNTS),
                row(
                        "the menu 追加 alone",
                        s -> s.accountsPage("運用管理 > サービスアカウント\n追加\nBox\nGmail\n削除"),
                        INCOMPLETE,
                        ACCOUNTS),
                row(
                        "the menu 追加 above the rows",
                        s -> s.accountsPage("運用管理 > サービスアカウント\n追加\nBox\nGmail\n削除\nアカウント名\tサービスの種類\nadmin@e.jp\tGmail"),
                        NOT_LISTED),
                row("Dropbox's row", s -> s.row("admin@e.jp\tDropbox"), NOT_LISTED),
                row(
                        "another page's rows",
                        s -> s.accountsPage("運用管理 > 組織管理\n組織名\tアクセス権が付与されたサービス\n初期設定の組織\tBox"),
                        INCOMPLETE,
                        ACCOUNTS),
                row("a count that fits", s -> s.replace("サービスアカウント", "サービスアカウント (2)")),
                row("a smaller count", s -> s.replace("サービスアカウント", "サービスアカウント (1)"), INCOMPLETE, ACCOUNTS),
                row("a greater count", s -> s.replace("サービスアカウント", "サービスアカウント (3)"), Asks.COUNT),
                row("in short", s -> s.accountsPage("サービスアカウント: Gmail、Box")),
                row("in short, English", s -> s.accountsPage("Accounts: Gmail, Box")),
                row("in short, one unknown", s -> s.accountsPage("サービスアカウント: Box、なにか"), INCOMPLETE, ACCOUNTS),
                row("in short, none", s -> s.accountsPage("サービスアカウント: なし"), NOT_LISTED),
                row("one word about one service", s -> s.accountsPage("Box: 一覧にある"), INCOMPLETE, ACCOUNTS),
                row(
                        "two that contradict",
                        s -> s.accountsPage("サービスアカウント: Gmail、Box\nBox: 一覧にない"),
                        INCOMPLETE,
                        ACCOUNTS),
                row(
                        "listed, and gone in a later reading",
                        s -> s.then("運用管理 > サービスアカウント\nアカウント名\tサービスの種類\nadmin@e.jp\tGmail"),
                        NOT_LISTED),
                row("listed, and gone by a later word", s -> s.then("Box: 一覧にない"), INCOMPLETE, ACCOUNTS),
                row("listed again", s -> s.accounts().then("サービスアカウント: Box")));
    }

    static Stream<Row> pending() {
        return Stream.of(
                row("not read", s -> s.order("hatnm"), INCOMPLETE, PENDING),
                row("no data", s -> s.pending("データがありません。")),
                row("ours", s -> s.pending(line("Boxのユーザおよびグループを更新しています。", "2026/11/24 00:50:00")), STILL_PENDING),
                row("ours without time", s -> s.pending("Boxのユーザおよびグループを更新しています。"), STILL_PENDING),
                row("a service's name", s -> s.pending("Box"), STILL_PENDING),
                row("a sentence of nothing", s -> s.pending("何かを処理しています。"), STILL_PENDING),
                row("a time", s -> s.pending("2026/11/24 00:50:00"), STILL_PENDING),
                row("our organisation", s -> s.pending("- 初期設定の組織"), STILL_PENDING),
                row("another service's", s -> s.pending(line("Gmailのユーザおよびグループを更新しています。", "2026/11/24 00:50:00"))),
                row("another organisation's", s -> s.pending("Boxのユーザおよびグループを更新しています。 2026/11/24 00:50:00 - 別の組織")),
                row(
                        "a smaller count",
                        s -> s.pending(line("Gmailのユーザおよびグループを更新しています。", "2026/11/24 00:50:00"))
                                .replace("タスクリスト\n重大度: 保留", "タスクリスト (0)\n重大度: 保留"),
                        INCOMPLETE,
                        PENDING),
                row("a greater count", s -> s.replace("タスクリスト\n重大度: 保留", "タスクリスト (1)\n重大度: 保留"), Asks.COUNT),
                row(
                        "a greater count, said to be a total",
                        s -> s.saidToBeWhole().replace("タスクリスト\n重大度: 保留", "タスクリスト (1)\n重大度: 保留")),
                row("under 通知", s -> s.replace("タスクリスト\n重大度: 保留", "通知\n重大度: 保留"), INCOMPLETE, PENDING),
                row("English", s -> s.replace("タスクリスト\n重大度: 保留", "Tasks\nSeverity: Pending")),
                row(
                        "a list that offers it and does not show it",
                        s -> s.replace("重大度: 保留", "重大度:\nすべて\n成功しました\n保留"),
                        INCOMPLETE,
                        PENDING),
                row("in short", s -> s.order("hatnm").more("保留: 0")),
                row("in short, one", s -> s.order("hatnm").more("保留: 1"), STILL_PENDING),
                row("in short against the list", s -> s.pending("Gmail").more("保留: 0"), INCOMPLETE, PENDING),
                row("two numbers", s -> s.order("hatnm").more("保留: 0\n保留: 2"), INCOMPLETE, PENDING),
                row(
                        "none, and one in a later paste of something else",
                        s -> s.then("タスクリスト (0)\n重大度: 保留\n" + line("Boxの処理中です。", "2026/11/24 00:50:00")),
                        INCOMPLETE,
                        PENDING,
                        STILL_PENDING),
                row(
                        "still running, as a success",
                        s -> s.tasks(line("Boxのユーザおよびグループを更新しています。", "2026/11/24 00:50:00")),
                        STILL_PENDING),
                row(
                        "running before, as a success",
                        s -> s.tasks(line("Boxのユーザおよびグループを更新しています。", "2026/11/24 00:10:00"))),
                row("one, and none later", s -> s.pending("Box").then("タスクリスト\n重大度: 保留\n")));
    }

    static Stream<Row> opposites() {
        return Stream.of(
                row("younger", s -> s.and(not("2026/11/24 00:30:00")), NEWER_OPPOSITE),
                row("as young", s -> s.and(not("2026/11/24 00:20:00")), NEWER_OPPOSITE),
                row("older", s -> s.and(not("2026/11/24 00:19:59"))),
                row("without time", s -> s.and("Boxは保護されていません。"), NEWER_OPPOSITE),
                row("English", s -> s.and(line("Box is not protected.", "2026/11/24 00:30:00")), NEWER_OPPOSITE),
                row("another service's", s -> s.and(line("Gmailは保護されていません。", "2026/11/24 00:30:00"))),
                row("Dropbox's", s -> s.and(line("Dropbox is unprotected now.", "2026/11/24 00:30:00"))),
                row("another organisation's", s -> s.and("Boxは保護されていません。 2026/11/24 00:30:00 - 別の組織")),
                row("under 保留", s -> s.pending(not("2026/11/24 00:30:00")), NEWER_OPPOSITE, STILL_PENDING),
                row("under すべて", s -> s.more("通知\n重大度: すべて\n" + not("2026/11/24 00:30:00")), NEWER_OPPOSITE),
                row(
                        "unknown words that something went wrong",
                        s -> s.tasks(line("Boxのユーザおよびグループを更新できませんでした。", "2026/11/24 00:30:00")),
                        NEWER_OPPOSITE),
                row("what is left of it", s -> s.and("Boxは保護されていませ"), NEWER_OPPOSITE),
                row("what is left of anything", s -> s.and("Boxは保護さ"), UNREADABLE_LINE),
                row("what is left of anything, English", s -> s.and("Box is"), UNREADABLE_LINE),
                row("without its service", s -> s.and(line("は保護されていません。", "2026/11/24 00:30:00")), NEWER_OPPOSITE),
                row("run into a heading", s -> s.and(not("2026/11/24 00:30:00") + "タスクリスト"), NEWER_OPPOSITE),
                row(
                        "of an organisation that begins like ours",
                        s -> s.and(not("2026/11/24 00:30:00") + "2"),
                        NEWER_OPPOSITE),
                row(
                        "of an organisation that begins like ours and is another",
                        s -> s.and(not("2026/11/24 00:30:00") + "2")
                                .more("運用管理 > 組織管理\n組織名\tアクセス権が付与されたサービス\n初期設定の組織\tBox\n初期設定の組織2\tGmail")),
                row(
                        "of the default organisation in the other language",
                        s -> s.and("Box is not protected. 2026/11/24 00:30:00 - Default Organization"),
                        NEWER_OPPOSITE),
                row(
                        "any task under 失敗",
                        s -> s.more("タスクリスト\n重大度: 失敗\n" + line("Boxのユーザおよびグループを更新しました。", "2026/11/24 00:30:00")),
                        NEWER_OPPOSITE),
                row(
                        "an older one under 失敗",
                        s -> s.more("タスクリスト\n重大度: 失敗\n" + line("Boxのユーザおよびグループを更新しました。", "2026/11/24 00:10:00"))),
                row(
                        "unknown words under Failed",
                        s -> s.more("Tasks\nSeverity: Failed\n"
                                + line("Updating Box users failed.", "2026/11/24 00:30:00")),
                        NEWER_OPPOSITE),
                row(
                        "Dropbox under Failed",
                        s -> s.more("Tasks\nSeverity: Failed\n"
                                + line("Updating Dropbox users failed.", "2026/11/24 00:30:00"))),
                row(
                        "a row's own severity",
                        s -> s.and("失敗\t" + line("Boxのユーザおよびグループを更新しました。", "2026/11/24 00:30:00")),
                        NEWER_OPPOSITE),
                row(
                        "run into another line",
                        s -> s.and(line("Gmailは保護されています。", "2026/11/20 08:00:00") + " " + not("2026/11/24 00:30:00")),
                        NEWER_OPPOSITE),
                row(
                        "in a later reading",
                        s -> s.then("通知\n重大度: 成功しました\n" + not("2026/11/24 00:30:00") + "\n" + BOX),
                        NEWER_OPPOSITE),
                row("in the first reading already", s -> s.before(b -> b.notices(not("2026/11/23 00:00:00")))),
                row("and no line of success", s -> s.line(not("2026/11/24 00:30:00")), NEWER_OPPOSITE),
                row(
                        "an old one and no line of success",
                        s -> s.before(b -> b.notices(not("2026/11/23 00:00:00")))
                                .line(not("2026/11/23 00:00:00")),
                        NO_LINE));
    }

    private static String not(String time) {
        return line("Boxは保護されていません。", time);
    }

    static Stream<Row> other() {
        return Stream.of(
                row("the successes not read", s -> s.order("hapm"), INCOMPLETE, SUCCESS),
                row("nothing of the console", s -> s.whole("こんにちは"), INCOMPLETE, ACCOUNTS, SUCCESS, PENDING),
                row("another console's text", s -> s.foreign(), ANOTHER_CONSOLES_TEXT),
                row("another console's text, incomplete", s -> s.foreign().order("htpnm"), INCOMPLETE, ACCOUNTS),
                row("adopted by its line", s -> s.adopting()),
                row("adopted by a line of 2023", s -> s.adopting().line(box("2023/02/09 02:08:43"))),
                row("adopting a line of 2099", s -> s.adopting().line(box("2099/01/01 00:00:00")), IN_THE_FUTURE),
                row("adopting what is not listed", s -> s.adopting().accounts(), NOT_LISTED),
                row("adopting what is pending", s -> s.adopting().pending("Box"), STILL_PENDING),
                row(
                        "adopting what says the opposite since",
                        s -> s.adopting().and(not("2026/11/24 00:30:00")),
                        NEWER_OPPOSITE),
                row("adopting another organisation's", s -> s.adopting().line(of("別の組織")), NOT_THIS_ORGANISATION),
                row("adopting another console's text", s -> s.adopting().foreign(), ANOTHER_CONSOLES_TEXT),
                row(
                        "several things at once",
                        s -> s.accounts().pending("Box").line(of("別の組織")),
                        NOT_LISTED,
                        STILL_PENDING,
                        NOT_THIS_ORGANISATION),
                row("today's sentence", s -> s.wizard(SENTENCE)),
                row(
                        "today's sentence in two lines",
                        s -> s.wizard("Successfully created a service account\nand synced data.")),
                row("today's sentence within another", s -> s.wizard("「" + SENTENCE + "」とは表示されていません"), NO_LINE),
                row("today's sentence in half", s -> s.wizard("Successfully created a service account"), NO_LINE),
                row("today's sentence in the older console", s -> s.line("").more(SENTENCE), NO_LINE),
                row("today's sentence, not listed", s -> s.wizard(SENTENCE).accounts(), NOT_LISTED),
                row(
                        "today's sentence, another service pending",
                        s -> s.wizard(SENTENCE).pending("Gmail"),
                        STILL_PENDING),
                row(
                        "today's sentence, pending not read",
                        s -> s.wizard(SENTENCE).order("hatnm"),
                        INCOMPLETE,
                        PENDING),
                row(
                        "today's sentence, no list of success",
                        s -> s.wizard(SENTENCE).order("hamp")),
                row(
                        "today's sentence, and the opposite",
                        s -> s.wizard(SENTENCE).line(not("2026/11/24 00:30:00")),
                        NEWER_OPPOSITE),
                row("today's sentence while adopting", s -> s.adopting().wizard(SENTENCE), NO_LINE),
                row("today's console by a line", s -> s.today().line(BOX)),
                row("an unknown sentence", s -> s.wizard(PAGE + "サービスアカウントが作成され、データが同期されました。"), UNKNOWN_SENTENCE),
                row("an unknown sentence, confirmed", s -> s.confirmed().wizard(PAGE + "サービスアカウントが作成され、データが同期されました。")),
                row(
                        "a sentence of failure, confirmed",
                        s -> s.confirmed().wizard(PAGE + "サービスアカウントを作成できませんでした。"),
                        NO_LINE));
    }

    private static final String SENTENCE = "Successfully created a service account and synced data.";
    private static final String PAGE = "Boxへのアクセス権付与\n";
}
