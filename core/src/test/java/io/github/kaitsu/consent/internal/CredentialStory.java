package io.github.kaitsu.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.console.ConsoleSite;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Some changes to two entries, told to a store; remembers what it has confirmed. Telling it again goes on where it stopped.
 * Entries are written {@code 2:text}, deleted ones {@code 3:}.
 */
final class CredentialStory {
    static final CredentialStore.Key BOX =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "acme"), CloudService.Provider.BOX);
    static final CredentialStore.Key GOOGLE =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "acme"), CloudService.Provider.GOOGLE);
    static final String SECRET = "hush-hush-token";
    private static final List<CredentialStore.Key> KEYS = List.of(BOX, GOOGLE);

    private final Map<CredentialStore.Key, String> confirmed = new HashMap<>(Map.of(BOX, "0:", GOOGLE, "0:"));
    private final Map<CredentialStore.Key, String> underWay = new HashMap<>();
    private final int last;
    private int chapter;

    CredentialStory() {
        this(Integer.MAX_VALUE);
    }

    /** @param last the chapter to stop after */
    CredentialStory(int last) {
        this.last = last;
    }

    void tell(CredentialStore store) throws InterruptedException {
        chapter(0, () -> put(store, BOX, "a"));
        chapter(1, () -> put(store, GOOGLE, "b"));
        chapter(2, () -> put(store, BOX, "c"));
        chapter(3, () -> delete(store, BOX));
        chapter(4, () -> put(store, BOX, "d"));
        store.hold(BOX).close();
    }

    private void chapter(int number, Runnable tell) {
        if (chapter <= number && number <= last) {
            chapter = number;
            tell.run();
            chapter++;
        }
    }

    private void put(CredentialStore store, CredentialStore.Key key, String text) {
        long expected = version(confirmed.get(key));
        underWay.put(key, (expected + 1) + ":" + SECRET + text);
        assertThat(store.put(key, expected, (SECRET + text).getBytes(StandardCharsets.UTF_8)))
                .contains(expected + 1);
        confirmed.put(key, underWay.remove(key));
    }

    private void delete(CredentialStore store, CredentialStore.Key key) {
        long expected = version(confirmed.get(key));
        underWay.put(key, (expected + 1) + ":");
        assertThat(store.delete(key, expected)).isTrue();
        confirmed.put(key, underWay.remove(key));
    }

    private static long version(String entry) {
        return Long.parseLong(entry.substring(0, entry.indexOf(':')));
    }

    static String found(CredentialStore store, CredentialStore.Key key) {
        return store.load(key)
                .map(entry -> entry.version() + ":" + new String(entry.secret(), StandardCharsets.UTF_8))
                .orElseGet(() -> store.version(key) + ":");
    }

    /** Everything confirmed is there; what was under way is there as a whole or not at all. */
    void checkWhatIsLeft(CredentialStore store) {
        Set<CredentialStore.Key> there = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
        for (CredentialStore.Key key : KEYS) {
            String found = found(store, key);
            assertThat(found).isIn(confirmed.get(key), underWay.getOrDefault(key, confirmed.get(key)));
            assertThat(store.version(key)).isEqualTo(version(found));
            if (!found.endsWith(":")) {
                there.add(key);
            }
        }
        assertThat(store.keys()).containsExactlyInAnyOrderElementsOf(there);
    }

    /** The next process: takes what it finds for confirmed, and changes all of it. */
    void goOn(CredentialStore store) throws InterruptedException {
        KEYS.forEach(key -> confirmed.put(key, found(store, key)));
        underWay.clear();
        store.hold(BOX).close();
        KEYS.forEach(key -> put(store, key, "e"));
    }

    /** After a change that was refused: it may have been made all the same. */
    void lookAgain(CredentialStore store) {
        checkWhatIsLeft(store);
        for (CredentialStore.Key key : KEYS) {
            String found = found(store, key);
            if (found.equals(underWay.get(key))) {
                chapter++;
            }
            confirmed.put(key, found);
        }
        underWay.clear();
    }
}
