package io.github.kaitsu.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each recipe does what it says; what it shows is what a reader will see. */
class RecipesTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void box4_boxAddedByDefault_showsWhereAndWhatInJapaneseAndKeepsWhoAnswered() throws InterruptedException {
        BoxAddedByDefault.run(out);

        assertThat(shown())
                .contains("デフォルトで追加", "(BOX-4)", "https://app.box.com/master/settings")
                .contains("検索: Trend Micro - Cloud App Security")
                .contains("1. ", "アプリケーションの個別管理")
                .contains("ATTESTED sato@example.co.jp");
    }

    @Test
    void box6_muteBoxTempFolder_linksToTheFolderThatBoxHolds() throws IOException, InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            MuteBoxTempFolder.run(sandbox, out);

            assertThat(lines()).contains("https://app.box.com/folder/" + tempFolderOf(sandbox));
            assertThat(shown()).contains("trendmicro_cas_temp__dont_change_or_delete");
        }
    }

    private static String tempFolderOf(Sandbox sandbox) throws IOException, InterruptedException {
        Pattern wanted =
                Pattern.compile("\"id\":\"(\\d+)\"[^{}]*\"name\":\"trendmicro_cas_temp__dont_change_or_delete\"");
        Matcher folder = wanted.matcher(rootOf(sandbox, 0) + rootOf(sandbox, 1000));
        assertThat(folder.find()).isTrue();
        return folder.group(1);
    }

    private static String rootOf(Sandbox sandbox, int offset) throws IOException, InterruptedException {
        URI items = URI.create(sandbox.boxApi() + "/2.0/folders/0/items?limit=1000&offset=" + offset);
        HttpRequest request = HttpRequest.newBuilder(items)
                .header(
                        "Authorization",
                        "Bearer "
                                + sandbox.mintTokens(CloudService.Provider.BOX).accessToken())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void consentOnTheDesktop_keepsWhatTheAdministratorGranted() throws InterruptedException {
        ConsentOnTheDesktop.run(out);

        assertThat(lines()).hasSize(2);
        assertThat(shown())
                .contains("Boxへの同意が、アカウントadmin@example.co.jpで完了しました。")
                .contains("admin@example.co.jp [")
                .contains("root_readonly");
    }

    @Test
    void consentInAWebApplication_anyNodeCompletes_andAnAnswerCountsOnce() throws InterruptedException {
        ConsentInAWebApplication.run(out);

        assertThat(lines().get(0)).startsWith("404");
        assertThat(lines().get(1)).startsWith("This answer belongs to no consent that is awaited.");
        assertThat(lines().get(2)).startsWith("The consent at Box is complete.");
        assertThat(lines().get(3)).startsWith("This answer belongs to no consent that is awaited.");
    }

    @Test
    void consentByPaste_anotherProcessCompletes_andAWrongPasteLosesNothing() throws InterruptedException {
        ConsentByPaste.run(folder, out);

        assertThat(lines()).hasSize(4);
        assertThat(lines().get(1)).startsWith("→ ");
        assertThat(lines().get(2)).startsWith("StateMismatch: ");
        assertThat(lines().get(3)).startsWith("Granted: ");
    }

    @Test
    void m365_7_sharePointPermissionForJapan_isTheManualsWithTheRedirectOfJapan() {
        SharePointPermissionForJapan.run(out);

        assertThat(shown())
                .contains("https://example-admin.sharepoint.com/_layouts/15/AppInv.aspx\n")
                .contains("アプリドメイン     tmcas.trendmicro.com\n")
                .contains("リダイレクト先のURL https://admin.tmcas.trendmicro.co.jp/provision.html\n")
                .endsWith("""
                        <AppPermissionRequests AllowAppOnlyPolicy="true">
                          <AppPermissionRequest Scope="http://sharepoint/content/tenant" Right="Manage" />
                        </AppPermissionRequests>
                        """);
    }

    @Test
    void planOnly_tellsEveryServiceWarningAndVisit() throws InterruptedException {
        PlanOnly.run(out);

        assertThat(lines())
                .contains("## Box", "## Dropbox", "## Gmail", "## Googleドライブ", "## Exchange Online")
                .contains("## SharePoint Online", "## OneDrive", "## Microsoft Teams", "### 第1回");
        assertThat(shown()).contains("BOX-6", "M365-3");
    }

    @Test
    void resumeAfterCrash_goesOnWhereTheDeadProcessWasWithoutASecondGrant() throws InterruptedException {
        ResumeAfterCrash.run(folder, out);

        assertThat(lines())
                .containsExactly(
                        "before: BOX SYNCHRONIZING", "found:  BOX SYNCHRONIZING", "after:  BOX PROTECTED", "grants: 1");
    }

    @Test
    void ownOperator_bringsEveryActionToThePortalOnce() throws InterruptedException {
        OwnOperator.run(out);

        assertThat(lines())
                .contains("□ Boxへのアクセス権を付与する", "□ Boxの一時フォルダーのメール通知を無効化する")
                .last()
                .isEqualTo("PROTECTED");
        assertThat(lines()).filteredOn("□ Boxへのアクセス権を付与する"::equals).hasSize(1);
    }

    @Test
    void common13_manyCustomers_linkAtTheSameTimeThoughTheirOrganisationsBearOneName() throws InterruptedException {
        ManyCustomers.run(out);

        assertThat(lines())
                .containsExactly(
                        "k-1001 JP/CAS0001/初期設定の組織 株式会社サンプル LINKING",
                        "k-1002 JP/CAS0002/初期設定の組織 サンプル商事株式会社 LINKING",
                        "k-1001 JP/CAS0001/初期設定の組織 株式会社サンプル PROTECTED",
                        "k-1002 JP/CAS0002/初期設定の組織 サンプル商事株式会社 PROTECTED",
                        "grants: 1 and 1");
    }

    @Test
    void answerFromAnotherProcess_isSeenByTheBatch() throws InterruptedException {
        AnswerFromAnotherProcess.run(folder, out);

        assertThat(lines())
                .containsExactly("desk:  コンソールのパスワードを設定する", "batch: コンソールのパスワードの設定 ATTESTED desk@example.co.jp");
    }

    @Test
    void box7_driftCheck_tellsWhatIsLostAndWhatIsTooOld() throws InterruptedException {
        DriftCheck.run(out);

        String[] checks = shown().split("(?m)^(?=2)");
        assertThat(checks).hasSize(2);
        assertThat(checks[0])
                .contains(" no drift", "HOLDS Boxの一時フォルダーと隔離フォルダーの確認", "ATTESTED Boxの管理コンソールでアプリをデフォルトで追加")
                .doesNotContain("LOST", "ASK_AGAIN");
        assertThat(checks[1])
                .contains(" drift", "LOST Boxの一時フォルダーと隔離フォルダーの確認", "LOST Boxのグループ")
                .contains("ASK_AGAIN Boxの管理コンソールでアプリをデフォルトで追加");
    }

    @Test
    void removeServices_provesWhatCanBeRead() throws InterruptedException {
        RemoveServices.run(out);

        assertThat(shown())
                .contains("# 解除計画", "BOX REMOVED")
                .contains("Boxの一時フォルダーの共有解除と削除 VERIFIED")
                .contains("Boxの管理者のアプリ一覧からアプリを削除 ATTESTED sato@example.co.jp");
    }

    @Test
    void common2_readOpeningMail_showsNoSecret() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ReadOpeningMail.run(sandbox.openingMail(), sandbox.clock(), out);
        }

        assertThat(lines())
                .containsExactly(
                        "account:  CAS0001",
                        "sign in:  https://clp.trendmicro.com/Dashboard?T=***",
                        "password: https://forgetpwd.trendmicro.com/ForgetPassword/ResetPassword?T=***&v=***",
                        "until:    2026-11-30T00:00:00Z");
    }

    @Test
    void common2_readOpeningMail_refusesALookAlike() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            String forged =
                    sandbox.openingMail().replace("forgetpwd.trendmicro.com", "forgetpwd.trendmicro.com.evil.com");
            ReadOpeningMail.run(forged, sandbox.clock(), out);
        }

        assertThat(shown()).startsWith("INVALID_OPENING_MAIL: ").doesNotContain("evil.com");
    }

    @Test
    void watchEvents_hearsEveryEventInOrder() throws InterruptedException {
        WatchEvents.run(out);

        List<Integer> numbers = lines().stream()
                .map(line -> Integer.valueOf(line.split(" ")[1]))
                .toList();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        Stream.iterate(1, n -> n + 1).limit(numbers.size()).toList());
        assertThat(shown()).contains("Begun", "Answered", "box.folders is VERIFIED", "BOX is PROTECTED");
    }

    @Test
    void readme_hasOneLineForEachRecipe() throws IOException, ReflectiveOperationException {
        String readme = Files.readString(Path.of("README.md"));
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/github/kaitsu/recipes"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                Class<?> type = Class.forName("io.github.kaitsu.recipes." + name);
                if (Modifier.isPublic(type.getModifiers())) {
                    assertThat(type.getMethod("main", String[].class)).isNotNull();
                    assertThat(readme).containsOnlyOnce("(src/main/java/io/github/kaitsu/recipes/" + name + ".java)");
                    assertThat(readme).containsOnlyOnce("| `examples/recipes/run " + name + "` |");
                }
            }
        }
    }

    /** Nothing is built for this: the list is that of the sources, and a name is checked first. */
    @ParameterizedTest
    @ValueSource(strings = {"", "NoSuchRecipe", "SandboxRun", "PlanOnly.java", "../PlanOnly", ".*"})
    void run_ofNoRecipe_listsThemAll(String name) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("./run", name).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        List<String> listed = said.lines().skip(1).map(String::strip).toList();
        List<String> inReadme = Pattern.compile("`examples/recipes/run (\\w+)`")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(inReadme);
    }

    @Test
    void waitUntilQuiet_comesToTheEnd() throws InterruptedException {
        WaitUntilQuiet.run(out);

        assertThat(shown()).startsWith("PROTECTED after PT");
    }

    @Test
    void jsonForAScreen_showsTheActionAndTakesItsAnswer() throws InterruptedException {
        JsonForAScreen.run(out);

        assertThat(shown())
                .contains("\"title\" : \"コンソールのパスワードを設定する\"", "\"answer\" : \"done\"", "\"text\" : \"できた\"")
                .contains("\"reason\" : \"PAGE_ERROR\"");
    }

    @Test
    void restPortal_begins_showsWhatIsToBeDone_andTakesTheAnswer() throws IOException, InterruptedException {
        try (ActivationClient client = ActivationClient.builder()
                .provisioner(BoxProvisioner.create())
                .store(new MemoryActivationStore())
                .build()) {
            HttpServer server = RestPortal.serve(client, 0);
            String run = "http://127.0.0.1:" + server.getAddress().getPort() + "/contracts/1001";
            assertThat(call("en", "GET", run, "")).startsWith("422 ACTIVATION_NOT_FOUND\nThere is no activation");
            assertThat(call("en", "PUT", run + "/CAS0001", ""))
                    .startsWith("200 {")
                    .contains("\"ended\" : false");
            client.advance(ActivationId.of("1001"));
            assertThat(call("ja", "GET", run, "")).contains("\"id\" : \"console.password.1\"", "コンソールのパスワードを設定する");
            assertThat(call("en", "POST", run + "/actions/console.password.1", "saw this"))
                    .startsWith("422 ANSWER_FORM");
            assertThat(call("en", "POST", run + "/actions/console.password.1", "done"))
                    .startsWith("200 {");
            client.advance(ActivationId.of("1001"));
            assertThat(call("en", "GET", run, "")).contains("sato@example.co.jp", "\"id\" : \"console.sign-in.1\"");
            server.stop(0);
        }
    }

    private static String call(String language, String method, String address, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .method(method, BodyPublishers.ofString(body))
                .header("Accept-Language", language)
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void ownApp_sendsTheAdministratorToBox_andLooksThroughNothingBeforeTheConsent()
            throws IOException, InterruptedException {
        Path key = folder.resolve("key");
        EncryptionKeys.createFile(key);
        try (FileCredentialStore grants =
                FileCredentialStore.at(folder.resolve("grants"), EncryptionKeys.ofFile(key))) {
            ConsentClient consents = OwnApp.consents(grants, "id-1", "secret");
            PendingConsent pending = OwnApp.begin(consents, CustomerId.of(ConsoleSite.JP, "CAS0001"));

            assertThat(pending.authorizationUrl().toString())
                    .startsWith("https://account.box.com/api/oauth2/authorize?")
                    .contains("client_id=id-1")
                    .doesNotContain("secret");
            URI denied = URI.create("https://portal.example.co.jp/consents/callback?error=access_denied&state="
                    + pending.authorizationUrl().toString().replaceFirst(".*[?&]state=([^&]*).*", "$1"));
            assertThat(OwnApp.answered(consents, pending.id(), denied))
                    .contains("Box")
                    .hasLineCount(2);
            try (ActivationClient client = OwnApp.client(consents, folder.resolve("activations"))) {
                assertThat(client.activations()).isEmpty();
            }
        }
    }

    @Test
    void nightlyBatch_inItsSecondNight_goesOnFromTheFirst() throws InterruptedException {
        List<String> contracts = List.of("k-1001,CAS0001,株式会社サンプル", "k-1002,CAS0002,サンプル商事株式会社");
        try (Sandbox sandbox = Sandbox.builder().start();
                FileActivationStore store = FileActivationStore.at(folder);
                ActivationClient client = ActivationClient.builder()
                        .provisioner(BoxProvisioner.create())
                        .store(store)
                        .clock(sandbox.clock())
                        .build()) {
            NightlyBatch.run(contracts, client, out);
            client.answer(ActivationId.of("k-1001"), ActionId.of("console.password.1"), Answer.done("sato"));
            NightlyBatch.run(contracts, client, out);
        }
        assertThat(lines()).filteredOn(l -> !l.startsWith(" ")).hasSize(4);
        assertThat(lines()).filteredOn(l -> l.contains("console.password.1")).hasSize(3);
        assertThat(lines()).filteredOn(l -> l.contains("console.sign-in.1")).hasSize(1);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private List<String> lines() {
        return shown().lines().toList();
    }
}
