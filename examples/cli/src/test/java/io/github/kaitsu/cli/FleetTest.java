package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.cli.Kaitsu.Result;
import io.github.kaitsu.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many customers begun from one list, each once. */
class FleetTest {
    private static final String LIST = String.join(
            "\r\n",
            "\uFEFFreference,company,account,site,organisation,services,labels",
            "K-1,株式会社A,CAS0001,JP,,box,east",
            "K-2,\"=HYPERLINK(\"\"http://x\"\")\",CAS0002,JP,,dropbox,west",
            "K-3,C,CAS0003,MARS,,box,east");

    @TempDir
    Path temp;

    private Path list(String text) {
        try {
            return Files.writeString(temp.resolve("list.csv"), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Result fleet(Object... arguments) {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "fleet";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--state";
        all[arguments.length + 2] = temp.resolve("state");
        return Kaitsu.json(all);
    }

    private static void assertCounts(Result result, int begun, int known, int refused) {
        assertThat(result.json().path("begun").asInt()).isEqualTo(begun);
        assertThat(result.json().path("known").asInt()).isEqualTo(known);
        assertThat(result.json().path("refused")).hasSize(refused);
        assertThat(result.exit()).isEqualTo(refused == 0 ? Exits.SUCCESS : Exits.REFUSED);
    }

    @Test
    void begin_beginsEachReferenceOnce_andNamesABadRowByItsLine() {
        Result preview = fleet("begin", list(LIST), "--preview");
        assertCounts(preview, 2, 0, 1);
        assertThat(temp.resolve("state")).doesNotExist();

        Result begun = fleet("begin", list(LIST));
        assertCounts(begun, 2, 0, 1);
        JsonNode refused = begun.json().path("refused").get(0);
        assertThat(refused.path("line").asInt()).isEqualTo(4);
        assertThat(refused.path("reference").asText()).isEqualTo("K-3");
        assertThat(refused.path("code").asText()).isEqualTo("UNKNOWN_SITE");
        assertThat(refused.path("message").asText()).contains("MARS");

        assertCounts(fleet("begin", list(LIST.replace("MARS", "JP"))), 1, 2, 0);
        Result other = fleet("begin", list(LIST.replace("MARS", "JP").replace(",box,", ",gmail,")), "--preview");
        assertCounts(other, 0, 1, 2);
        assertThat(other.json().findValuesAsText("code")).containsOnly("INVALID_REQUEST");
        Result busy = fleet("begin", list(LIST.replace("MARS", "JP").replace("K-", "L-")), "--preview");
        assertCounts(busy, 0, 0, 3);
        assertThat(busy.json().findValuesAsText("code")).containsOnly("CUSTOMER_BUSY");

        lists();
    }

    private void lists() {
        JsonNode all = fleet("list").json();
        assertThat(all.path("total").asInt()).isEqualTo(3);
        assertThat(all.findValuesAsText("reference")).containsExactly("K-1", "K-2", "K-3");
        JsonNode first = all.path("items").get(0);
        assertThat(first.path("company").asText()).isEqualTo("株式会社A");
        assertThat(first.path("account").asText()).isEqualTo("CAS0001");
        assertThat(first.path("services").path("BOX").asText()).isEqualTo("PLANNED");
        assertThat(first.path("turn").asText()).isEqualTo("KAITSU");
        assertThat(first.path("waitingSince").asText()).endsWith("Z");
        assertThat(first.has("nextAt")).isTrue();

        assertThat(fleet("list", "--label", "east").json().findValuesAsText("reference"))
                .containsExactly("K-1", "K-3");
        assertThat(fleet("list", "--customer", "K-2").json().path("total").asInt())
                .isEqualTo(1);
        assertThat(fleet("list", "--turn", "person").json().path("items")).isEmpty();
        assertThat(fleet("list", "--status", "planned").json().path("items")).hasSize(3);
        JsonNode beyond = fleet("list", "--page", "2").json();
        assertThat(beyond.path("items")).isEmpty();
        assertThat(beyond.path("total").asInt()).isEqualTo(3);

        assertThat(Kaitsu.run("fleet", "list", "--state", temp.resolve("state"), "--lang", "ja")
                        .out())
                .contains("K-1  株式会社A: Box 開始前", "全3件");
    }

    /** Each customer's sandbox is its own, and its person works on until the run has ended. */
    @Test
    void run_bringsEverySandboxCustomerToTheEnd_andGoesOnWhereItStopped() throws IOException {
        StringBuilder list = new StringBuilder("reference,company,account,site,organisation,services,labels\n");
        for (int i = 1; i <= 12; i++) {
            list.append("K-%1$d,Company %1$d,CAS%1$04d,JP,,%2$s,%3$s%n"
                    .formatted(i, i % 2 == 0 ? "box" : "dropbox", i <= 3 ? "first" : "second"));
        }
        fleet("begin", list(list.toString()), "--sandbox");

        Result some = fleet("run", "--sandbox", "--until-quiet", "--label", "first");
        assertThat(some.json().path("runs").asInt()).isEqualTo(3);
        assertThat(some.json().at("/turns/NOBODY").asInt()).isEqualTo(3);
        assertThat(fleet("list", "--turn", "nobody").json().path("total").asInt())
                .isEqualTo(3);

        Result all = fleet("run", "--until-quiet");
        assertThat(all.json().path("troubles")).isEmpty();
        assertThat(all.exit()).isEqualTo(Exits.SUCCESS);
        assertThat(all.json().path("succeeded").asInt()).isEqualTo(12);
        assertThat(all.json().at("/services/PROTECTED").asInt()).isEqualTo(12);
        assertThat(all.err()).contains("12 runs: 3 ended", "12 runs: 12 ended");
        JsonNode items = fleet("list", "--sandbox").json();
        assertThat(items.path("total").asInt()).isEqualTo(12);
        assertThat(items.findValuesAsText("turn")).containsOnly("NOBODY");
        try (Stream<Path> worlds = Files.list(temp.resolve("state/sandbox"))) {
            assertThat(worlds.map(w -> Sandbox.summary(w).orElseThrow()))
                    .hasSize(12)
                    .allSatisfy(world -> assertThat(world.violations()).isEmpty())
                    .allSatisfy(world -> assertThat(world.grants().values()).containsExactly(1));
        }
        assertThat(Kaitsu.run("fleet", "list", "--watch", "--state", temp.resolve("state"))
                        .out())
                .contains("12 runs: 12 ended", "Page 1 of 1, 12 in all");
    }

    private static final String FAILING = String.join(
            "\n",
            "reference,company,account,site,organisation,services,labels",
            "K-1,\"=Bad, \"\"Inc\"\"\",CAS0001,JP,,box,bad",
            "K-2,株式会社良,CAS0002,JP,,dropbox,good");

    @Test
    void whatFailedForOneReason_isBegunAgainOnce_andReportedAndVerified() throws IOException {
        fleet("begin", list(FAILING), "--sandbox");
        assertThat(fleet("run", "--until-quiet", "--sandbox", "--label", "bad", "--scenario", "co-admin")
                        .exit())
                .isEqualTo(Exits.FAILED);
        fleet("run", "--until-quiet");

        assertThat(fleet("retry", "--reason", "declined").json().path("retried"))
                .isEmpty();
        JsonNode preview = fleet("retry", "--reason", "preflight", "--preview").json();
        assertThat(preview.path("retried").findValuesAsText("reference")).containsExactly("K-1");
        assertThat(fleet("list").json().path("total").asInt()).isEqualTo(2);

        JsonNode retried = fleet("retry", "--reason", "preflight").json().path("retried");
        assertThat(retried).hasSize(1);
        assertThat(retried.get(0).path("activation").asText()).endsWith("-r2");
        assertThat(retried.get(0).path("services").get(0).asText()).isEqualTo("BOX");
        assertThat(fleet("retry", "--reason", "preflight").json().path("retried"))
                .as("begun once")
                .isEmpty();
        assertCounts(fleet("begin", list(FAILING), "--sandbox"), 0, 2, 0);
        assertThat(fleet("list").json().path("total").asInt()).isEqualTo(3);
        assertThat(fleet("cancel", "--by", "sato").errorCode()).isEqualTo("USAGE");
        JsonNode cancelled =
                fleet("cancel", "--by", "sato", "--label", "bad", "--yes").json();
        assertThat(cancelled.path("cancelled").findValuesAsText("reference")).containsExactly("K-1");
        assertThat(fleet("list", "--status", "cancelled").json().path("total").asInt())
                .isEqualTo(1);
        assertThat(fleet("list", "--turn", "nobody").json().path("total").asInt())
                .isEqualTo(3);

        Result verified = fleet("verify");
        assertThat(verified.json().path("customers").asInt()).isEqualTo(1);
        assertThat(verified.json().path("notices")).isEmpty();
        assertThat(verified.json().path("lost")).isEmpty();

        reports();
    }

    private void reports() throws IOException {
        Path state = temp.resolve("state");
        Result csv = Kaitsu.run("fleet", "report", "--format", "csv", "--state", state);
        assertThat(csv.out())
                .startsWith("\uFEFF\"reference\",\"company\"")
                .contains("\"K-1\",\"'=Bad, \"\"Inc\"\"\",\"CAS0001\"")
                .endsWith("\r\n");
        assertThat(fleet("report").json().path("reports")).hasSize(3);
        Path into = temp.resolve("reports");
        Result written = Kaitsu.run("fleet", "report", "--into", into, "--lang", "ja", "--state", state);
        assertThat(written.out()).contains("報告書3件");
        try (Stream<Path> files = Files.list(into)) {
            assertThat(files.map(f -> f.getFileName().toString().replaceFirst("-[0-9a-f]{12}", "")))
                    .containsExactlyInAnyOrder("fleet-K-1.html", "fleet-K-1-r2.html", "fleet-K-2.html", "fleet.csv");
        }
        assertThat(fleet("report", "--format", "html").errorCode()).isEqualTo("USAGE");
    }

    /** Whoever works for all customers sees what is to be done, by person and day, and for whom. */
    @Test
    void agenda_saysWhoDoesWhatForWhom() {
        fleet("begin", list(LIST.replace("MARS", "JP")));
        assertThat(fleet("agenda").json().path("total").asInt()).isZero();
        fleet("run", "--until-quiet");

        JsonNode agenda = fleet("agenda").json();

        JsonNode items = agenda.path("items");
        assertThat(items).hasSizeGreaterThanOrEqualTo(3);
        assertThat(items.findValuesAsText("reference")).contains("K-1", "K-2", "K-3");
        assertThat(items).allSatisfy(item -> {
            assertThat(item.path("company").asText()).isNotEmpty();
            assertThat(item.path("who").asText()).isNotEmpty();
            assertThat(item.path("overdue").asBoolean()).isFalse();
        });
        assertThat(fleet("agenda", "--customer", "K-1").json().path("items").findValuesAsText("reference"))
                .containsOnly("K-1");
        assertThat(fleet("agenda", "--role", "google").json().path("items")).isEmpty();
        Path state = temp.resolve("state");
        assertThat(Kaitsu.run("fleet", "agenda", "--state", state, "--lang", "ja")
                        .out())
                .contains("まで", "株式会社A（K-1）");
        assertThat(Kaitsu.run("fleet", "agenda", "--format", "csv", "--state", state)
                        .out())
                .startsWith("\uFEFF\"day\"")
                .contains("\"'=HYPERLINK(\"\"http://x\"\")\",\"K-2\"");
    }

    @Test
    void run_forReal_endsWhenOnlyPersonsAreAwaited_andLeavesSandboxesAlone() {
        fleet("begin", list(LIST.replace("MARS", "JP")));

        Result run = fleet("run", "--until-quiet");

        assertThat(run.exit()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(run.json().at("/turns/PERSON").asInt()).isEqualTo(3);
        fleet("begin", list(LIST.replace("MARS", "JP").replace("K-", "S-").replace("CAS", "CAT")), "--sandbox");
        assertThat(fleet("run", "--until-quiet").errorCode()).isEqualTo("USAGE");
        assertThat(fleet("run", "--sandbox", "--until-quiet")
                        .json()
                        .at("/turns/NOBODY")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void wrongWords_areRefused_andSayWhatThereIs() {
        for (String[] words : new String[][] {{"--turn", "moon"}, {"--status", "fine"}, {"--page", "0"}}) {
            Result refused = fleet("list", words[0], words[1]);
            assertThat(refused.exit()).isEqualTo(Exits.REFUSED);
            assertThat(refused.errorCode()).isEqualTo("USAGE");
            assertThat(refused.json().at("/error/message").asText()).contains(words[1]);
        }
        assertThat(Kaitsu.json("fleet").errorCode()).isEqualTo("USAGE");
        assertThat(fleet("begin", list("a,b,c\n")).errorCode()).isEqualTo("INVALID_REQUEST");
        assertThat(fleet("begin", temp.resolve("none.csv")).errorCode()).isEqualTo("IO_ERROR");
    }
}
