package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.cli.Kaitsu.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every console's organisation has the same name: what the host calls the customer is shown wherever the customer is. */
class HostOptionsTest {
    private static final String COMPANY = "株式会社サンプル";

    @TempDir
    Path state;

    private Result activate(Object... more) {
        Object[] all = new Object[more.length + 11];
        System.arraycopy(
                new Object[] {
                    "activate",
                    "--account",
                    "CAS9",
                    "--services",
                    "box",
                    "--state",
                    state,
                    "--company",
                    COMPANY,
                    "--reference",
                    "K-1001"
                },
                0,
                all,
                0,
                11);
        System.arraycopy(more, 0, all, 11, more.length);
        return Kaitsu.reading("later\n").call(all);
    }

    @Test
    void activation_isShownWithCompanyReferenceAndLabels() {
        Result begun = activate("--label", "west", "--label", "east");
        assertThat(begun.out())
                .contains("for \"株式会社サンプル / 初期設定の組織\" (JP, account CAS9)")
                .contains("Customer: 株式会社サンプル / 初期設定の組織 (JP, account CAS9; reference K-1001)");

        JsonNode customer = Kaitsu.json("status", "--state", state).json().path("customer");
        assertThat(customer.path("company").asText()).isEqualTo(COMPANY);
        assertThat(customer.path("reference").asText()).isEqualTo("K-1001");
        assertThat(customer.path("labels")).extracting(JsonNode::asText).containsExactly("east", "west");

        assertThat(Kaitsu.in("ja_JP.UTF-8").call("status", "--state", state).out())
                .contains("「株式会社サンプル / 初期設定の組織」", "管理番号: K-1001", "ラベル: east, west")
                .contains("お客様: 株式会社サンプル / 初期設定の組織（JP、アカウント CAS9、管理番号 K-1001）");
        assertThat(Kaitsu.in("ja_JP.UTF-8").call("report", "--state", state).out())
                .startsWith("# 状況報告書\n\n株式会社サンプル 御中\n")
                .contains("**アカウント**: CAS9", "**管理番号**: K-1001");
    }

    @Test
    void plan_isShownWithCompanyAndReference() {
        assertThat(Kaitsu.run("plan", "--company", COMPANY, "--reference", "K-1", "--label", "east", "--lang", "en")
                        .out())
                .contains("# Activation plan: 株式会社サンプル (account", "Reference: K-1", "Labels: east");
    }

    @Test
    void removal_takesTheCompanyFromTheActivation_andStatesNoEdition() {
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--company", COMPANY);

        JsonNode planned = Kaitsu.json("deactivate", "--state", state, "--reference", "K-2", "--dry-run")
                .json();
        assertThat(planned.at("/customer/company").asText()).isEqualTo(COMPANY);
        assertThat(planned.at("/customer/reference").asText()).isEqualTo("K-2");
        assertThat(planned.path("edition").asText()).isEqualTo("auto");

        Result removed = Kaitsu.json("deactivate", "--state", state, "--label", "east");
        assertThat(removed.statuses()).as(removed.err()).containsOnly("REMOVED");
        assertThat(removed.json().at("/customer/company").asText()).isEqualTo(COMPANY);
        assertThat(removed.json().at("/customer/labels/0").asText()).isEqualTo("east");
        assertThat(removed.json().path("edition").asText()).isEqualTo("auto");
    }

    @Test
    void labelWithASpace_isRefused() {
        Result refused = activate("--label", "a b");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("labels");
    }

    @Test
    void m365_4_whenItIsInsistedOn_todaysConsoleIsPlannedWithThePermission() {
        String[] plan = {"plan", "--services", "teams", "--edition", "2024-07"};
        assertThat(Kaitsu.json((Object[]) plan).json().findValuesAsText("step"))
                .noneMatch(s -> s.endsWith(".sharepoint-permission"));

        Result insisting =
                Kaitsu.json("plan", "--services", "teams", "--edition", "2024-07", "--insist-on-sharepoint-permission");
        assertThat(insisting.json().findValuesAsText("step")).anyMatch(s -> s.endsWith(".sharepoint-permission"));
    }
}
