package io.github.kaitsu.store.internal;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.store.FileActivationStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders become or are stores. */
class StoreFolderTest extends StoreOnDisk {
    // ---- absent and empty

    @Test
    void reading_anAbsentFolder_findsNothingAndCreatesNothing() {
        assertReadsEmpty();
        assertThat(folder).doesNotExist();
    }

    @Test
    void reading_anEmptyFolder_findsNothingAndCreatesNothing() throws Exception {
        Files.createDirectory(folder);

        assertReadsEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void writing_toAnAbsentFolder_makesItAStore() throws Exception {
        write();

        assertThat(Files.readString(folder.resolve("kaitsu-store.json")))
                .isEqualTo("{\"format\":\"kaitsu-store\",\"version\":1}");
        assertThat(folder.resolve("activations/acme-1/journal.jsonl")).isNotEmptyFile();
    }

    @Test
    void claiming_inAnAbsentFolder_makesItAStore() {
        assertThat(store.claim(KEY, "acme-1")).isTrue();

        assertThat(folder.resolve("kaitsu-store.json")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "credentials"})
    void folder_withOnlyWhatTheCommandKeepsThere_becomesAStore(String name) throws Exception {
        Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve(name).resolve("state.json"), "{}");

        assertReadsEmpty();
        write();

        assertThat(store.size(ID)).isEqualTo(1);
        assertThat(folder.resolve(name).resolve("state.json")).hasContent("{}");
    }

    @Test
    void folder_withWhatADeadProcessLeft_becomesAStore() throws Exception {
        Files.createDirectory(folder, OwnerOnly.newDirectory(folder));
        Files.createFile(folder.resolve("store.lock"), OwnerOnly.newFile(folder));
        Files.createFile(folder.resolve("kaitsu-store.json.tmp"), OwnerOnly.newFile(folder));

        write();

        assertThat(store.size(ID)).isEqualTo(1);
    }

    // ---- foreign and newer

    @Test
    void folder_withOtherThings_isForeignAndLeftAlone() throws Exception {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("diary.txt"), "dear diary");

        assertEverythingRefused(ErrorCode.STORE_FOREIGN);
        try (Stream<Path> content = Files.list(folder)) {
            assertThat(content).hasSize(1);
        }
    }

    @Test
    void folder_thatLostItsFormatFile_isForeign() throws Exception {
        write();
        Files.delete(folder.resolve("kaitsu-store.json"));

        assertEverythingRefused(ErrorCode.STORE_FOREIGN);
    }

    @Test
    void folder_thatIsAFile_isForeign() throws Exception {
        Files.writeString(folder, "dear diary");

        assertEverythingRefused(ErrorCode.STORE_FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dear diary", "{\"format\":\"diary\",\"version\":1}", "{\"format\":\"kaitsu-store\"}"})
    void formatFile_ofSomethingElse_isForeign(String content) throws Exception {
        write();
        Files.writeString(folder.resolve("kaitsu-store.json"), content);

        assertEverythingRefused(ErrorCode.STORE_FOREIGN);
    }

    /** Whoever lost it, or finds it cut at any byte, is told that, and not to look for strangers' files. */
    @Test
    void formatFile_lostOrTorn_isToldFromAStrangersFolder() throws Exception {
        write();
        Path mark = folder.resolve("kaitsu-store.json");
        byte[] whole = Files.readAllBytes(mark);
        for (int length = 0; length < whole.length; length++) {
            Files.write(mark, Arrays.copyOf(whole, length));
            assertThat(refusal()).as("cut at %s", length).isEqualTo("STORE_FOREIGN.mark-torn");
        }
        Files.write(mark, new byte[whole.length]); // what some file systems leave after a loss of power
        assertThat(refusal()).isEqualTo("STORE_FOREIGN");
        Files.delete(mark);
        assertThat(refusal()).isEqualTo("STORE_FOREIGN.mark-lost");
    }

    private String refusal() {
        try (FileActivationStore afresh = FileActivationStore.at(folder)) {
            return catchThrowableOfType(KaitsuException.class, () -> afresh.load(ID))
                    .key();
        }
    }

    @Test
    void formatFile_ofALaterVersion_isNewer() throws Exception {
        write();
        Files.writeString(folder.resolve("kaitsu-store.json"), "{\"format\":\"kaitsu-store\",\"version\":2}");

        assertEverythingRefused(ErrorCode.STORE_NEWER);
    }

    @Test
    void otherThings_inAStore_areLeftAlone() throws Exception {
        write();
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.writeString(folder.resolve("activations/notes.txt"), "mine");
        Files.createDirectory(folder.resolve("activations/not an id"));

        assertThat(store.all()).containsExactly(ID);
        assertThat(store.size(ID)).isEqualTo(1);
    }

    @Test
    void claimFile_thatWasEdited_isCorrupt() throws Exception {
        store.claim(KEY, "acme-1");
        try (Stream<Path> claims = Files.list(folder.resolve("claims"))) {
            Path claim = claims.findFirst().orElseThrow();
            Files.writeString(claim, Files.readString(claim).replace("JP/a", "JP/b"));
        }

        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.claimant(KEY));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.claim(KEY, "acme-1"));
        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.release(KEY, "acme-1"));
    }

    @Test
    void fenceFile_thatWasEdited_isCorrupt() throws Exception {
        appendUnderALease(store);
        Files.writeString(folder.resolve("activations/acme-1/fence.json"), "{\"token\":\"seven\"}");

        assertRefused(ErrorCode.STORE_CORRUPT, () -> store.tryLease(ID));
    }

    // ---- helpers

    private void assertReadsEmpty() {
        assertThat(store.load(ID)).isEmpty();
        assertThat(store.size(ID)).isZero();
        assertThat(store.all()).isEmpty();
        assertThat(store.claimant(KEY)).isEmpty();
    }

    private void assertEverythingRefused(ErrorCode code) {
        try (FileActivationStore afresh = FileActivationStore.at(folder)) {
            assertRefused(code, () -> afresh.load(ID));
            assertRefused(code, () -> afresh.size(ID));
            assertRefused(code, afresh::all);
            assertRefused(code, () -> afresh.claimant(KEY));
            assertRefused(code, () -> append(afresh, 0));
            assertRefused(code, () -> afresh.tryLease(ID));
            assertRefused(code, () -> afresh.claim(KEY, "acme-1"));
            assertRefused(code, () -> afresh.release(KEY, "acme-1"));
        }
    }
}
