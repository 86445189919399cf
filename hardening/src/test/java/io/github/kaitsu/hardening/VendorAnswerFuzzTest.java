package io.github.kaitsu.hardening;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.box.internal.BoxReads;
import io.github.kaitsu.dropbox.internal.AppEvent;
import io.github.kaitsu.dropbox.internal.DropboxReads;
import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.google.internal.GoogleReads;
import io.github.kaitsu.microsoft365.internal.SharePointReads;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.http.Salvage;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;

/** What a vendor, or somebody in its place, answers: with any status, to whatever is asked. */
class VendorAnswerFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Vendor VENDOR = Vendor.started();
    private static final VendorHttp HTTP = VendorHttp.create();
    private static final int BYTES = 100_000;

    /** Headers stand in the first line, in pairs. */
    @FuzzTest
    void anyAnswer(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        String head = text.lines().findFirst().orElse("");
        byte[] body = text.substring(head.length()).getBytes(StandardCharsets.UTF_8);
        HttpHeaders headers = HttpHeaders.of(
                Map.of("www-authenticate", List.of(head), "retry-after", List.of(head), "date", List.of(head)),
                (name, value) -> true);
        VendorAnswer answer = new VendorAnswer("POST /token", 401, headers, body, Foreign.SECRET, true);
        Foreign.read(data.length, 20_000, true, () -> {
            answer.text("/access_token");
            answer.number("/expires_in");
            answer.decimal("/expires_in");
            answer.flag("/active");
            answer.texts("/scopes", "/name");
            answer.date();
            Assertions.assertThat(answer.words()).doesNotContain(Foreign.SECRET);
            throw answer.refusal(answer.errorWord(), Instant.EPOCH).build();
        });
    }

    /** What the library is given in all does not grow with the square of what came. */
    @FuzzTest
    void salvage(byte[] data) {
        AtomicLong given = new AtomicLong();
        Foreign.read(data.length, 2_000_000, false, () -> {
            Optional<Salvage<JsonNode>> rest = Salvage.of(data, List.of("entries", "value"), answer -> {
                given.addAndGet(answer.length);
                JsonNode tree = JSON.readTree(answer);
                if (tree.toString().contains("odd")) {
                    throw new IllegalStateException("unknown");
                }
                return tree;
            });
            Assertions.assertThat(given.get()).isLessThanOrEqualTo((64L << 20) + 4L * data.length);
            return rest;
        });
    }

    @FuzzTest
    void box(byte[] data) {
        int asked = VENDOR.answers(data);
        Foreign.read(data.length, BYTES, true, () -> {
            BoxReads reads = new BoxReads(VENDOR.access());
            return switch (asked % 6) {
                case 0 -> reads.me();
                case 1 -> reads.managedUsers();
                case 2 -> reads.rootCreationRestricted("7");
                case 3 -> reads.rootFolders(Set.of("trendmicro_cas_temp_folder"));
                case 4 -> reads.group("trendmicro_cas_group");
                default -> reads.access("11", "22");
            };
        });
    }

    @FuzzTest
    void dropbox(byte[] data) {
        int asked = VENDOR.answers(data);
        Foreign.read(data.length, BYTES, true, () -> {
            DropboxReads reads = new DropboxReads(VENDOR.access(), HTTP);
            return switch (asked % 5) {
                case 0 -> reads.team();
                case 1 -> reads.admin();
                case 2 -> {
                    reads.appEvents(AppEvent.Kind.LINKED, event -> {});
                    yield "";
                }
                case 3 -> reads.sharedFolder("trendmicro_cas_temp_folder");
                default -> reads.folder("dbmid:1", Optional.of("1"), "trendmicro_cas_temp_folder");
            };
        });
    }

    @FuzzTest
    void google(byte[] data) {
        int asked = VENDOR.answers(data);
        Foreign.read(data.length, BYTES, true, () -> {
            GoogleReads reads = new GoogleReads(VENDOR.access(), GoogleAppSigns.ofDefaults(), HTTP);
            return switch (asked % 6) {
                case 0 -> reads.me();
                case 1 -> reads.account("1");
                case 2 -> reads.permittedApps("1");
                case 3 -> reads.users();
                case 4 -> reads.editions("C012", sku -> false);
                default -> reads.rootFolders(Set.of("trendmicro_cas_temp_folder"));
            };
        });
    }

    @FuzzTest
    void sharePoint(byte[] data) {
        int asked = VENDOR.answers(data);
        Foreign.read(data.length, BYTES, true, () -> {
            SharePointReads reads = new SharePointReads(VENDOR.access(), HTTP);
            return switch (asked % 3) {
                case 0 -> reads.principals();
                case 1 -> reads.permissions(List.of(new SharePointReads.Principal("a", "b", "c")));
                default -> reads.registration(Arrays.toString(new int[] {asked}));
            };
        });
    }
}
