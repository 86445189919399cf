package io.github.kaitsu.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleEntry.Kind;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.console.ConsoleReading.ServiceAccountRow;
import io.github.kaitsu.console.ConsoleReading.Wizard;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleReadingTest {
    private static final String ORGANISATION = CustomerId.DEFAULT_ORGANISATION;
    private static final String BOX_PROTECTED = "Boxは保護されています。 2024/04/11 06:09:56 - 初期設定の組織";
    private static final Instant BOX_TIME = Instant.parse("2024-04-11T06:09:56Z");
    private static final String GUID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

    private static ConsoleEntry only(String text) {
        List<ConsoleEntry> entries = ConsoleReading.parse(text).entries();
        assertThat(entries).as(text).hasSize(1);
        return entries.get(0);
    }

    // ---- the manuals' own lists

    @Test
    void common12_whenTheListsAreTheManuals_everyLineIsRead() {
        ConsoleReading reading = ConsoleReading.parse(Manuals.text("lists-dropbox.txt"));

        assertThat(reading.entries())
                .extracting(ConsoleEntry::service, ConsoleEntry::event, ConsoleEntry::time)
                .containsExactly(
                        line(CloudService.BOX, Kind.USERS_AND_GROUPS_UPDATED, "2024-04-11T06:09:50Z"),
                        line(CloudService.BOX, Kind.FOLDERS_CREATED, "2024-04-11T06:09:48Z"),
                        line(CloudService.DROPBOX, Kind.USERS_AND_GROUPS_UPDATED, "2024-04-15T00:28:46Z"),
                        line(CloudService.DROPBOX, Kind.FOLDERS_CHECKED, "2024-04-15T00:28:50Z"),
                        line(CloudService.SHAREPOINT_ONLINE, Kind.PROTECTED, "2023-02-09T02:02:18Z"),
                        line(CloudService.ONEDRIVE, Kind.PROTECTED, "2023-02-09T02:08:43Z"),
                        line(CloudService.BOX, Kind.PROTECTED, "2024-04-11T06:09:56Z"),
                        line(CloudService.DROPBOX, Kind.PROTECTED, "2024-04-15T00:28:50Z"));
        assertThat(reading.entries())
                .allMatch(e -> e.isOf(ORGANISATION) && ORGANISATION.equals(e.organisation()))
                .allMatch(e -> e.isSuccess() && !e.isPending() && "成功しました".equals(e.severity()));
        assertThat(reading.tasks()).isTrue();
        assertThat(reading.notifications()).isTrue();
        assertThat(reading.severities()).containsExactly("成功しました");
        assertThat(reading.pending()).isEmpty();
        assertThat(reading.showsPending()).isFalse();
        assertThat(reading.serviceAccounts()).isEmpty();
        assertThat(reading.wizard()).isEmpty();
    }

    @Test
    void common12_whenAHeadingIsWrong_theKindComesFromTheMessage() {
        ConsoleReading reading = ConsoleReading.parse(Manuals.text("lists-microsoft365.txt"));

        assertThat(reading.notifications())
                .as("the manual shows タスクリスト twice, once above the notifications")
                .isFalse();
        assertThat(reading.entries())
                .extracting(ConsoleEntry::event)
                .containsExactly(
                        Kind.USERS_AND_GROUPS_UPDATED,
                        Kind.FOLDERS_CREATED,
                        Kind.USERS_AND_GROUPS_UPDATED,
                        Kind.FOLDERS_CHECKED,
                        Kind.PROTECTED,
                        Kind.PROTECTED,
                        Kind.PROTECTED,
                        Kind.PROTECTED);
    }

    @Test
    void common12_whenALineLostItsTime_itIsNeverProtected() {
        ConsoleReading reading = ConsoleReading.parse(Manuals.text("first-sign-in-microsoft365.txt"));

        assertThat(reading.entries()).hasSize(6);
        ConsoleEntry teams = reading.entries().get(5);
        assertThat(teams.service()).isEqualTo(CloudService.MICROSOFT_TEAMS);
        assertThat(teams.event()).isEqualTo(Kind.OTHER);
        assertThat(teams.time()).isNull();
        assertThat(teams.text()).isEqualTo("Microsoft Teamsは保護されています。");
        assertThat(reading.entries().subList(0, 5)).allMatch(e -> e.event() == Kind.PROTECTED && e.isSuccess());
        assertThat(reading.protectedEntry(CloudService.MICROSOFT_TEAMS, ORGANISATION))
                .isEmpty();
        assertThat(reading.protectedEntry(CloudService.GMAIL, ORGANISATION)).isPresent();
        assertThat(reading.tasks()).isTrue();
        assertThat(reading.notifications()).isTrue();
    }

    // ---- messages

    @ParameterizedTest
    @EnumSource(CloudService.class)
    void common12_whenAServiceIsProtected_itIsReadInBothLanguages(CloudService service) {
        for (String message :
                List.of(service.label(Locale.JAPANESE) + "は保護されています。", service.label(Locale.ENGLISH) + " protected.")) {
            ConsoleEntry entry = only(message + " 2024/04/11 06:09:56 - 初期設定の組織");

            assertThat(entry.event()).isEqualTo(Kind.PROTECTED);
            assertThat(entry.service()).isEqualTo(service);
            assertThat(entry.time()).isEqualTo(BOX_TIME);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Box users and groups updated., BOX, USERS_AND_GROUPS_UPDATED",
        "Box shared folder and quarantine folder created., BOX, FOLDERS_CREATED",
        "Dropbox shared folder checked., DROPBOX, FOLDERS_CHECKED",
        "Gmailのユーザーおよびグループを更新しました。, GMAIL, USERS_AND_GROUPS_UPDATED",
        "Boxの共有フォルダーおよび隔離フォルダーを作成しました。, BOX, FOLDERS_CREATED",
        "You have provisioned for Microsoft Information Protection., MIP, PROTECTED"
    })
    void common12_whenATaskLineIsOurTranslationOrAnotherSpelling_itIsReadToo(
            String message, CloudService service, Kind kind) {
        ConsoleEntry entry = only(message + " 2024/04/11 06:09:56 - Default Organization");

        assertThat(entry.service()).isEqualTo(service);
        assertThat(entry.event()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Box unprotected.",
                "MyBoxは保護されています。",
                "Boxes protected.",
                "Microsoft Teamsチャットは保護されています。",
                "まだBoxは保護されています。",
                "Boxは保護されています。と表示されるまで待ちます。",
                "protected.",
                "は保護されています。"
            })
    void common12_whenTheMessageOnlyHoldsAnother_itIsNotProtected(String message) {
        ConsoleEntry entry = only(message + " 2024/04/11 06:09:56 - 初期設定の組織");

        assertThat(entry.event()).isEqualTo(Kind.OTHER);
        assertThat(entry.time()).isEqualTo(BOX_TIME);
        assertThat(entry.text()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Boxは保護されていません。", "Box is not protected.", "Box not protected."})
    void common12_whenTheMessageSaysTheOpposite_itIsKnownAsThat(String message) {
        ConsoleEntry entry = only(message + " 2024/04/11 06:09:56 - 初期設定の組織");

        assertThat(entry.event()).isEqualTo(Kind.NOT_PROTECTED);
        assertThat(entry.service()).isEqualTo(CloudService.BOX);
        assertThat(only(message).event()).as("without time it still counts").isEqualTo(Kind.NOT_PROTECTED);
    }

    @Test
    void common12_whenTheLineIsDropboxs_itIsNotBoxs() {
        ConsoleReading reading = ConsoleReading.parse(BOX_PROTECTED.replace("Box", "Dropbox"));

        assertThat(reading.protectedEntry(CloudService.BOX, ORGANISATION)).isEmpty();
        assertThat(reading.protectedEntry(CloudService.DROPBOX, ORGANISATION)).isPresent();
        assertThat(only(BOX_PROTECTED.replace("Box", "Drop\nbox")).service()).isEqualTo(CloudService.DROPBOX);
    }

    @Test
    void common12_whenTheKindIsUnknown_theServiceIsTheWholeSubject() {
        assertThat(only("Exchange Onlineで使用する認証を認証アカウントに移行しました。 2024/04/11 06:09:56 - 組織")
                        .service())
                .isEqualTo(CloudService.EXCHANGE_ONLINE);
        assertThat(only("Salesforceは保護されています。 2024/04/11 06:09:56 - 組織").service())
                .isNull();
        assertThat(only("Boxedは保護されていません。 2024/04/11 06:09:56 - 組織").service()).isNull();
    }

    // ---- times

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Boxは保護されています。 - 初期設定の組織",
                "Boxは保護されています。 2024/04/11 - 初期設定の組織",
                "Boxは保護されています。 2024/04/1 06:09:56 - 初期設定の組織",
                "Boxは保護されています。 2024/13/11 06:09:56 - 初期設定の組織",
                "Boxは保護されています。 2024/02/30 06:09:56 - 初期設定の組織",
                "Boxは保護されています。 2024/04/11 24:09:56 - 初期設定の組織",
                "Boxは保護されています。 2024/04/11 06:09:6O - 初期設定の組織",
                "Boxは保護されています。 0024/04/11 06:09:56 - 初期設定の組織",
                "Boxは保護されています。",
                "Box protected. - Default"
            })
    void common12_whenTheTimeIsMissingOrMisread_theLineIsKeptAsOther(String text) {
        ConsoleEntry entry = only(text);

        assertThat(entry.event()).isEqualTo(Kind.OTHER);
        assertThat(entry.time()).isNull();
        assertThat(entry.service()).isEqualTo(CloudService.BOX);
        assertThat(entry.text()).isEqualTo(text);
    }

    @Test
    void common12_whenOnlyTheTimeIsLost_theOrganisationIsKept() {
        assertThat(only("Boxは保護されています。 - 初期設定の組織").organisation()).isEqualTo(ORGANISATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Boxは保護されています。 2024/04/11 06:09:56",
                "Boxは保護されています。 2024/04/11 06:09:56 -",
                "Boxは保護されています。 2024/04/11 06:09:56 初期設定の組織"
            })
    void common12_whenTheOrganisationIsMissing_theLineIsNotProtected(String text) {
        assertThat(only(text).event()).isEqualTo(Kind.OTHER);
        assertThat(only(text).isOf(ORGANISATION)).isFalse();
    }

    @Test
    void common12_whenTwoLinesRunIntoOne_neitherIsProtected() {
        assertThat(only(BOX_PROTECTED + " " + BOX_PROTECTED.replace("Box", "Gmail"))
                        .event())
                .isEqualTo(Kind.OTHER);
    }

    // ---- layout

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Boxは保護されています。\n2024/04/11 06:09:56 - 初期設定の組織",
                "Boxは保護されています。\r\n\r\n2024/04/11 06:09:56 - 初期設定の組織",
                "Boxは保護されています。 2024/04/11 06:09:56\n- 初期設定の組織",
                "Boxは保護されています。 2024/04/11 06:09:56 -\n初期設定の組織",
                "Boxは保護されています。\n2024/04/11 06:09:56\n - 初期設定の組織",
                "Boxは保護さ\nれています。 2024/04/11 06:09:56 - 初期設定の組織",
                "Ｂｏｘ は保護されています。　２０２４／０４／１１　０６：０９：５６　－　初期設定の組織",
                "Boxは保護されています。\t2024/04/11\t06:09:56\t-\t初期設定の組織\t",
                "> > - Boxは保護されています。 2024/04/11 06:09:56 \\- 初期設定の組織",
                "| ✓ | Boxは保護されています。 2024/04/11 06:09:56 - 初期設定の組織 |",
                "\uFEFFBoxは保護されています。2024/04/11 06:09:56-初期設定の組織",
                "・ボックス\n✔ Boxは保護されています 2024/04/11 06:09:56 – 初期設定の組織"
            })
    void common12_whenTheLineIsBrokenOrSpacedOtherwise_itIsTheSame(String text) {
        ConsoleEntry entry = only(text);

        assertThat(entry.event()).isEqualTo(Kind.PROTECTED);
        assertThat(entry.service()).isEqualTo(CloudService.BOX);
        assertThat(entry.time()).isEqualTo(BOX_TIME);
        assertThat(entry.isOf(ORGANISATION)).isTrue();
        assertThat(entry.isSameLineAs(only(BOX_PROTECTED))).isTrue();
    }

    @Test
    void common12_whenMessagesAndTimesAlternate_eachMessageGetsItsOwnTime() {
        ConsoleReading reading = ConsoleReading.parse("""
                通知 (3)
                Boxは保護されています。
                Gmailは保護されています。
                2023/12/12 04:15:04 - 初期設定の組織
                OneDriveは保護されています。
                2023/02/09 02:08:49 - 初期設定の組織
                """);

        assertThat(reading.entries())
                .extracting(ConsoleEntry::service, ConsoleEntry::event)
                .containsExactly(
                        tuple(CloudService.BOX, Kind.OTHER),
                        tuple(CloudService.GMAIL, Kind.PROTECTED),
                        tuple(CloudService.ONEDRIVE, Kind.PROTECTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Trend Micro Cloud App Security | 運用管理 2024/04/09 07:51:56(UTC+00:00)",
                "(2024/04/11 07:11:42 UTC+00:00)",
                "2021/01/27 (水) 20:09",
                "with a timestamp of 2024/04/15 00:28:46.",
                "2024/04/15 00:28:46"
            })
    void common12_whenATimeIsNoLinesOwn_itIsNoEntry(String text) {
        assertThat(ConsoleReading.parse(text).entries()).isEmpty();
        assertThat(ConsoleReading.parse(text).isRecognised()).isFalse();
    }

    // ---- organisations

    @ParameterizedTest
    @ValueSource(strings = {"A - B", "- A -", "営業部 - 2024/04/11", "a:b", "(株)例 - [支店]"})
    void common12_whenTheOrganisationHoldsADash_itIsSplitAtTheFirst(String organisation) {
        ConsoleEntry entry = only("Boxは保護されています。 2024/04/11 06:09:56 - " + organisation);

        assertThat(entry.organisation()).isEqualTo(organisation);
        assertThat(entry.event()).isEqualTo(Kind.PROTECTED);
    }

    @Test
    void common12_whenOrganisationsAreCompared_widthAndSpacesDoNotMatterAndCaseDoes() {
        assertThat(ConsoleEntry.sameOrganisation("ＡＢＣ　商事", " ABC  商事\t")).isTrue();
        assertThat(ConsoleEntry.sameOrganisation("ｷｬﾘｱ", "キャリア")).isTrue();
        assertThat(ConsoleEntry.sameOrganisation("ABC商事", "abc商事")).isFalse();
        assertThat(ConsoleEntry.sameOrganisation("ABC商事", "ABC 商事")).isFalse();
        assertThat(ConsoleEntry.sameOrganisation("ABC商事", "ABC商事2")).isFalse();
        assertThat(ConsoleEntry.sameOrganisation(null, null)).isFalse();
    }

    @Test
    void common12_whenTheLineIsAnotherOrganisations_itProvesNothing() {
        ConsoleReading reading = ConsoleReading.parse(BOX_PROTECTED.replace(ORGANISATION, "営業部"));

        assertThat(reading.protectedEntry(CloudService.BOX, ORGANISATION)).isEmpty();
        assertThat(reading.protectedEntry(CloudService.BOX, "営業部")).isPresent();
    }

    @Test
    void common12_whenTheLineWasInTheBaseline_itProvesNothingNew() {
        ConsoleReading baseline = ConsoleReading.parse("重大度: 成功しました\n" + BOX_PROTECTED);
        String again = "Boxは保護されています。\n２０２４/04/11 06:09:56　-　初期設定の組織\n";
        String later = "Boxは保護されています。 2024/04/11 06:09:57 - 初期設定の組織";

        assertThat(ConsoleReading.parse(again).entries())
                .allMatch(e -> baseline.entries().stream().anyMatch(e::isSameLineAs));
        assertThat(ConsoleReading.parse(again + later).entries())
                .filteredOn(e -> baseline.entries().stream().noneMatch(e::isSameLineAs))
                .extracting(ConsoleEntry::text)
                .containsExactly(later);
        assertThat(ConsoleReading.parse(again + later).protectedEntry(CloudService.BOX, ORGANISATION))
                .get()
                .extracting(ConsoleEntry::time)
                .isEqualTo(BOX_TIME.plusSeconds(1));
    }

    @Test
    void common12_whenLinesOfUnknownKindDiffer_theyAreNotTheSame() {
        ConsoleEntry first = only("処理Aを開始しました。 2024/04/11 06:09:56 - 組織");
        ConsoleEntry second = only("処理Bを開始しました。 2024/04/11 06:09:56 - 組織");

        assertThat(first.isSameLineAs(second)).isFalse();
        assertThat(first.isSameLineAs(only("処理Ａを開始しました。  2024/04/11 06:09:56 - 組織")))
                .isTrue();
    }

    // ---- severities

    @ParameterizedTest
    @ValueSource(
            strings = {
                "重大度: 保留",
                "重大度：保留",
                "重大度 : 保留 ▼",
                "重大度:\n保留",
                "組織: [dropdown]\t重大度: 保留 [dropdown]",
                "組織： すべて　重大度：　保留",
                "重大度: 保留 組織: 初期設定の組織",
                "Severity: 保留",
                "- ＳＥＶＥＲＩＴＹ：保留",
                "通知 (1)\t重大度: 保留"
            })
    void common13_whenTheFilterShowsPending_itsLinesArePending(String filter) {
        ConsoleReading reading = ConsoleReading.parse(filter + "\nBoxのユーザおよびグループを更新しています。 2024/04/11 06:09:56 - 組織");

        assertThat(reading.pending()).hasSize(1);
        assertThat(reading.pending().get(0).severity()).isEqualTo("保留");
        assertThat(reading.pending().get(0).service()).isEqualTo(CloudService.BOX);
        assertThat(reading.showsPending()).isTrue();
    }

    @Test
    void common13_whenThePendingListIsEmpty_thatDiffersFromNotSeen() {
        ConsoleReading seen = ConsoleReading.parse("タスクリスト (0)\n重大度: 保留\n");
        ConsoleReading notSeen = ConsoleReading.parse("タスクリスト (1)\n重大度: 成功しました\n" + BOX_PROTECTED);

        assertThat(seen.pending()).isEmpty();
        assertThat(seen.tasks()).isTrue();
        assertThat(seen.showsPending()).isTrue();
        assertThat(seen.isRecognised()).isTrue();
        assertThat(notSeen.pending()).isEmpty();
        assertThat(notSeen.showsPending()).isFalse();
        assertThat(ConsoleReading.parse("").tasks()).isFalse();
    }

    @Test
    void common12_whenSeveralFiltersFollow_eachLineGetsTheLastOne() {
        ConsoleReading reading = ConsoleReading.parse(BOX_PROTECTED + "\nSeverity: Pending\n" + BOX_PROTECTED
                + "\n重大度: 警告（要確認）\n" + BOX_PROTECTED + "\nseverity： success\n" + BOX_PROTECTED);

        assertThat(reading.entries())
                .extracting(ConsoleEntry::severity)
                .containsExactly(null, "Pending", "警告（要確認）", "success");
        assertThat(reading.entries()).extracting(ConsoleEntry::isPending).containsExactly(false, true, false, false);
        assertThat(reading.entries()).extracting(ConsoleEntry::isSuccess).containsExactly(false, false, false, true);
        assertThat(reading.severities()).containsExactly("Pending", "警告（要確認）", "success");
    }

    @ParameterizedTest
    @ValueSource(strings = {"保留\t" + BOX_PROTECTED, BOX_PROTECTED + "\t保留", "保留  " + BOX_PROTECTED + "   保留"})
    void common13_whenARowHasItsOwnSeverity_itOutranksTheFilter(String row) {
        ConsoleEntry entry = only("重大度: すべて\n" + row);

        assertThat(entry.isPending()).isTrue();
        assertThat(entry.isOf(ORGANISATION)).isTrue();
        assertThat(entry.service()).isEqualTo(CloudService.BOX);
    }

    @ParameterizedTest
    @CsvSource({"保留中, false", "保留なし, false", "Not pending, false", "ＰＥＮＤＩＮＧ, true", "保 留, true"})
    void common13_whenTheSeverityOnlyHoldsTheLabel_itIsAnother(String severity, boolean pending) {
        assertThat(only("重大度: " + severity + "\n" + BOX_PROTECTED).isPending()).isEqualTo(pending);
    }

    @Test
    void common12_whenProseNamesTheSeverity_itIsNoFilter() {
        assertThat(only("※重大度「保留」ステータスに表示されている場合は\n" + BOX_PROTECTED).severity())
                .isNull();
    }

    // ---- headings

    @ParameterizedTest
    @CsvSource({
        "タスクリスト (13), true, false",
        "タスクリスト（１３）, true, false",
        "通知, false, true",
        "Tasks (2), true, false",
        "Notifications (10), false, true",
        "# 通知 (1), false, true",
        "タスクリスト表示, false, false",
        "通知表示, false, false",
        "通知を確認します。, false, false",
        "メールと通知, false, false"
    })
    void common12_whenAHeadingIsWhole_itsListWasSeen(String line, boolean tasks, boolean notifications) {
        ConsoleReading reading = ConsoleReading.parse(line);

        assertThat(reading.tasks()).isEqualTo(tasks);
        assertThat(reading.notifications()).isEqualTo(notifications);
    }

    // ---- service accounts

    @Test
    void common6_whenTheServiceAccountPageIsTheManuals_itsRowsAreRead() {
        ConsoleReading reading = ConsoleReading.parse(Manuals.text("service-accounts-microsoft365.txt"));

        assertThat(reading.serviceAccounts()).isPresent();
        assertThat(reading.serviceAccounts().orElseThrow())
                .extracting(ServiceAccountRow::service)
                .containsExactly(
                        CloudService.EXCHANGE_ONLINE,
                        CloudService.SHAREPOINT_ONLINE,
                        CloudService.ONEDRIVE,
                        CloudService.MICROSOFT_TEAMS);
        assertThat(reading.serviceAccounts().orElseThrow())
                .allMatch(r -> r.appId().isEmpty());
        assertThat(reading.isListed(CloudService.ONEDRIVE)).contains(true);
        assertThat(reading.isListed(CloudService.BOX)).contains(false);
        assertThat(reading.state(Part.ACCOUNTS)).isEqualTo(PartState.COMPLETE);
        assertThat(reading.entries()).isEmpty();
    }

    @Test
    void m365_6_whenARowShowsAnAppId_itIsThatRowsAlone() {
        String other = GUID.replace('0', '9');
        List<ServiceAccountRow> rows = ConsoleReading.parse("運用管理 ＞ サービスアカウント\n"
                        + "\tアカウント名 / 登録トークン\tサービスの種類\tステータス\n"
                        + "☐\tアプリID: " + other + "\tSharePoint Online\n"
                        + "☐\tアプリＩＤ：" + GUID.toUpperCase(Locale.ROOT) + "\tMicrosoft Teams\tアクセストークンの再作成\n"
                        + "☐\tアプリID: " + GUID + "0\tOneDrive\n"
                        + "☐\tadmin@example.co.jp\t初期設定の組織\tBox\n")
                .serviceAccounts()
                .orElseThrow();

        assertThat(rows)
                .extracting(ServiceAccountRow::service, ServiceAccountRow::appId)
                .containsExactly(
                        tuple(CloudService.SHAREPOINT_ONLINE, Optional.of(other)),
                        tuple(CloudService.MICROSOFT_TEAMS, Optional.of(GUID)),
                        tuple(CloudService.ONEDRIVE, Optional.empty()),
                        tuple(CloudService.BOX, Optional.empty()));
    }

    @Test
    void common6_whenThePageIsEnglish_itIsReadToo() {
        ConsoleReading reading = ConsoleReading.parse("""
                Service Account
                Add   Remove
                Account Name / Token   Service Type   Status
                admin@example.com   Google Drive
                admin@example.com   Salesforce
                admin@example.com Gmail
                Dropbox
                """);

        assertThat(reading.serviceAccounts().orElseThrow())
                .extracting(ServiceAccountRow::service)
                .containsExactly(CloudService.GOOGLE_DRIVE, CloudService.GMAIL, CloudService.DROPBOX);
        assertThat(reading.unread())
                .as("neither read nor overlooked")
                .containsExactly("admin@example.com   Salesforce");
    }

    @Test
    void common6_whenThePageIsEmpty_thatDiffersFromNotSeen() {
        assertThat(ConsoleReading.parse("運用管理 > サービスアカウント\n").serviceAccounts()).contains(List.of());
        assertThat(ConsoleReading.parse("サービスアカウント\nアカウント名\tサービスの種類\n").serviceAccounts())
                .contains(List.of());
        assertThat(ConsoleReading.parse("サービスアカウント\n" + BOX_PROTECTED).serviceAccounts())
                .as("the side menu alone")
                .isEmpty();
        assertThat(ConsoleReading.parse("「運用管理」⇒「サービスアカウント」を選択します。").serviceAccounts())
                .isEmpty();
        assertThat(ConsoleReading.parse("x").isListed(CloudService.BOX)).isEmpty();
    }

    @Test
    void common6_whenTheMenuOfServicesIsOpen_itListsNothingAsLinked() {
        ConsoleReading reading = ConsoleReading.parse("""
                運用管理 > サービスアカウント
                追加
                Box
                Dropbox
                Gmail
                削除
                アカウント名 / 登録トークン\tサービスの種類
                admin@example.co.jp\tDropbox
                """);

        assertThat(reading.isListed(CloudService.DROPBOX)).contains(true);
        assertThat(reading.isListed(CloudService.BOX)).contains(false);
        assertThat(reading.serviceAccounts().orElseThrow()).hasSize(1);
    }

    @Test
    void common6_whenAnotherPageOrListFollows_itsLinesAreNoRows() {
        ConsoleReading reading = ConsoleReading.parse("""
                サービスアカウント
                アカウント名\tサービスの種類
                a@example.jp\tBox
                タスクリスト (1)
                重大度: 成功しました
                x\tGmail
                運用管理 > 組織管理
                組織名\tアクセス権が付与されたサービス
                初期設定の組織\tDropbox
                """);

        assertThat(reading.serviceAccounts().orElseThrow())
                .extracting(ServiceAccountRow::service)
                .containsExactly(CloudService.BOX);
    }

    // ---- the end of today's wizard

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Successfully created a service account and synced data.",
                "✓ Successfully created a\r\n> service account and\u00A0synced   data."
            })
    void common9_whenTodaysWizardEnds_itsSentenceIsSeen(String text) {
        assertThat(ConsoleReading.parse(text).wizard()).map(Wizard::succeeded).contains(true);
        assertThat(ConsoleReading.parse(text.replace("synced", "syncing"))
                        .wizard()
                        .filter(Wizard::succeeded))
                .isEmpty();
    }

    // ---- anything

    @Test
    void common12_whenTheTextIsTooLong_itIsRefused() {
        assertThatThrownBy(() -> ConsoleReading.parse("x".repeat(1_000_001)))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONSOLE_TEXT));
    }

    @Test
    void common12_whenTheTextIsHostile_itIsReadInTime() {
        for (String piece : List.of(
                "[",
                "]",
                ">",
                "<input",
                " ",
                "a ",
                "重大度:",
                "重大度: [",
                "2024/04/11 06:09:56",
                "\n重大度:\n\n",
                "-",
                "\t",
                "#",
                "アプリID:",
                "は",
                "(1",
                "1",
                "Box ",
                "組織: ",
                "|")) {
            String text = "サービスアカウント\nサービスの種類\n" + piece.repeat(200_000 / piece.length());

            assertThat(catchThrowable(
                            () -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> ConsoleReading.parse(text))))
                    .as(piece)
                    .isNull();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> OpeningMail.parse(text)).isInstanceOf(KaitsuException.class));
        }
    }

    @Property(tries = 500)
    void common12_whenALineIsRendered_itParsesBack(
            @ForAll("services") CloudService service,
            @ForAll("sentences") Sentence sentence,
            @ForAll("times") Instant time,
            @ForAll("organisations") String organisation,
            @ForAll("spaces") String space,
            @ForAll("ends") String end,
            @ForAll boolean wide,
            @ForAll boolean broken) {
        String message = sentence.text.replace("{}", service.label(sentence.language));
        String stamp = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss")
                .withZone(ZoneOffset.UTC)
                .format(time);
        String line = message + (broken ? end : space) + stamp.replace(" ", space) + space + "-" + space;
        String text = end + (wide ? widened(line) : line) + organisation + end;

        ConsoleEntry entry = only(text);

        assertThat(entry.event()).isEqualTo(sentence.kind);
        assertThat(entry.service()).isEqualTo(service);
        assertThat(entry.time()).isEqualTo(time);
        assertThat(entry.isOf(organisation)).isTrue();
        assertThat(Normalizer.normalize(entry.text(), Normalizer.Form.NFKC).replaceAll("[\\s\\p{Z}]", ""))
                .contains(Normalizer.normalize(message, Normalizer.Form.NFKC).replace(" ", ""));
    }

    @Property(tries = 500)
    void common12_whenTextIsArbitrary_itIsReadWithoutFault(@ForAll("pastes") String text) {
        ConsoleReading reading = ConsoleReading.parse(text);

        assertThat(reading.entries())
                .allMatch(e -> e.event() != Kind.PROTECTED
                        || (e.service() != null && e.time() != null && e.organisation() != null));
    }

    record Sentence(String text, Locale language, Kind kind) {}

    @Provide
    Arbitrary<CloudService> services() {
        return Arbitraries.of(CloudService.class);
    }

    @Provide
    Arbitrary<Sentence> sentences() {
        return Arbitraries.of(
                new Sentence("{}は保護されています。", Locale.JAPANESE, Kind.PROTECTED),
                new Sentence("{} protected.", Locale.ENGLISH, Kind.PROTECTED),
                new Sentence("{}のユーザおよびグループを更新しました。", Locale.JAPANESE, Kind.USERS_AND_GROUPS_UPDATED),
                new Sentence("{}の共有フォルダおよび隔離フォルダを作成しました。", Locale.JAPANESE, Kind.FOLDERS_CREATED),
                new Sentence("{}の共有フォルダを確認しました。", Locale.JAPANESE, Kind.FOLDERS_CHECKED));
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(Instant.parse("2016-01-01T00:00:00Z").getEpochSecond(), 4_000_000_000L)
                .map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<String> organisations() {
        Arbitrary<String> word = Arbitraries.of("初期設定の組織", "営業部", "ABC", "abc", "ＮＴＴ", "A-1", "支店", "(株)例");
        return Combinators.combine(word, Arbitraries.of("", " - ", " ", "　", "・", "-"), word)
                .as((a, between, b) -> a + between + b);
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of(" ", "  ", "\t", "　", "\u00A0", " \t ", "\u2009");
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("\n", "\r\n", "\r", "\n\n", "\n> ", " \n");
    }

    @Provide
    Arbitrary<String> pastes() {
        Arbitrary<String> parts = Arbitraries.oneOf(
                Arbitraries.of(
                        "Boxは保護されています。",
                        "Box protected.",
                        " 2024/04/11 06:09:56",
                        "９９９９/99/99 99:99:99",
                        " - ",
                        "組織",
                        "\n",
                        "\t",
                        "重大度:",
                        "保留",
                        "タスクリスト (1)",
                        "運用管理 > サービスアカウント",
                        "サービスの種類",
                        "アプリID: " + GUID,
                        "|",
                        "[",
                        "]",
                        "- [ ] ",
                        "\u2028",
                        "\uD83D",
                        "ﷺ"),
                Arbitraries.strings().ofMaxLength(10));
        return parts.list().ofMaxSize(40).map(p -> String.join("", p));
    }

    private static String widened(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c > 0x20 && c < 0x7F ? c + 0xFEE0 : c)));
        return wide.toString();
    }

    private static Tuple line(CloudService service, Kind kind, String time) {
        return tuple(service, kind, Instant.parse(time));
    }
}
