package io.github.kaitsu.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleEntry.Kind;
import io.github.kaitsu.console.ConsoleReading.Listing;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.console.ConsoleReading.Wizard;
import io.github.kaitsu.console.ReadingCases.Case;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a pasted text counts as which part, and how far it was read: the tables under {@code resources/console}. */
class ConsolePartsTest {
    private static final Set<String> KEYS = Set.of(
            "accounts success pending wizard organisations clock listed absent appId noAppId unknownAppId unread counts lists"
                    .split(" "));
    private static final Set<String> MORE_KEYS = Set.of(
            "entries successes pendings pendingOf proved opposed baseline noBaseline times clockAt organisation furniture short stated sentence succeeded asks wizardAppId"
                    .split(" "));

    static Stream<Case> cases() {
        return Stream.of("accounts.txt", "lists.txt", "pending.txt", "typed.txt")
                .flatMap(file -> ReadingCases.of(file).stream());
    }

    @Test
    void common19_theTablesAreRead() {
        assertThat(cases()).hasSizeGreaterThan(150);
        assertThat(cases().flatMap(c -> c.expected().keySet().stream()))
                .allMatch(key -> KEYS.contains(key) || MORE_KEYS.contains(key));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void common19_whenATextIsPasted_itsPartsAreAsTheTableSays(Case c) {
        Map<String, String> want = c.expected();
        Set<String> furniture =
                want.containsKey("furniture") ? Set.of(ConsoleReading.furnitureKey(want.get("furniture"))) : Set.of();
        ConsoleReading reading = ConsoleReading.parse(c.text(), furniture);

        SoftAssertions soft = new SoftAssertions();
        soft.assertThat(reading.parts().keySet()).containsExactly(Part.values());
        for (Part part : Part.values()) {
            String state = want.getOrDefault(part.name().toLowerCase(Locale.ROOT), "MISSING");
            soft.assertThat(reading.state(part)).as(part.name()).hasToString(state);
        }
        soft.assertThat(names(reading.shortParts())).as("short").isEqualTo(words(want.getOrDefault("short", "")));
        soft.assertThat(reading.statedPending())
                .as("stated")
                .isEqualTo(Integer.parseInt(want.getOrDefault("stated", "-1")));
        assertListings(soft, reading, want);
        assertEntries(soft, reading, want);
        assertWizard(soft, reading.wizard(), want);
        soft.assertThat(reading.counts().stream()
                        .map(n -> n.part() + " " + n.printed() + " " + n.read())
                        .collect(Collectors.joining(" ")))
                .as("counts")
                .isEqualTo(want.getOrDefault("counts", ""));
        if (want.containsKey("unread")) {
            soft.assertThat(reading.unread()).as("unread").hasSize(Integer.parseInt(want.get("unread")));
        }
        if (want.containsKey("clockAt")) {
            soft.assertThat(reading.clock()).as("clock").contains(Instant.parse(want.get("clockAt")));
        }
        soft.assertAll();
    }

    private static void assertListings(SoftAssertions soft, ConsoleReading reading, Map<String, String> want) {
        Set<String> listed = words(want.getOrDefault("listed", ""));
        Set<String> absent = words(want.getOrDefault("absent", ""));
        boolean isWhole = reading.state(Part.ACCOUNTS) == PartState.COMPLETE;
        for (CloudService service : CloudService.values()) {
            Listing listing = listed.contains(service.name())
                    ? Listing.LISTED
                    : isWhole || absent.contains(service.name()) ? Listing.ABSENT : Listing.UNKNOWN;
            soft.assertThat(reading.listed(service)).as("listed " + service).isEqualTo(listing);
        }
        if (want.containsKey("appId")) {
            String[] words = want.get("appId").split(" ");
            CloudService service = CloudService.valueOf(words[0]);
            soft.assertThat(reading.appId(service)).as("app id").contains(words[1]);
            soft.assertThat(reading.isAppIdKnown(service)).as("app id known").isTrue();
        }
        for (String service : words(want.getOrDefault("noAppId", ""))) {
            soft.assertThat(reading.appId(CloudService.valueOf(service)))
                    .as("no app id")
                    .isEmpty();
            soft.assertThat(reading.isAppIdKnown(CloudService.valueOf(service)))
                    .as("no app id known")
                    .isTrue();
        }
        for (String service : words(want.getOrDefault("unknownAppId", ""))) {
            soft.assertThat(reading.isAppIdKnown(CloudService.valueOf(service)))
                    .as("app id unknown")
                    .isFalse();
        }
    }

    private static void assertEntries(SoftAssertions soft, ConsoleReading reading, Map<String, String> want) {
        List<ConsoleEntry> entries = reading.entries();
        assertNumber(soft, "entries", entries.size(), want);
        soft.assertThat(reading.success()).as("success").hasSize(number(want, "successes"));
        soft.assertThat(reading.pending()).as("pending").hasSize(number(want, "pendings"));
        soft.assertThat(entries.stream().filter(e -> e.event() == Kind.NOT_PROTECTED))
                .as("opposed")
                .hasSize(number(want, "opposed"));
        soft.assertThat(entries.stream()
                        .filter(e -> e.event() == Kind.PROTECTED && e.isWhole())
                        .map(e -> String.valueOf(e.service()))
                        .collect(Collectors.toSet()))
                .as("proved")
                .isEqualTo(words(want.getOrDefault("proved", "")));
        soft.assertThat(names(reading.successLists())).as("lists").isEqualTo(words(want.getOrDefault("lists", "")));
        if (want.containsKey("pendingOf")) {
            soft.assertThat(reading.pending())
                    .as("pending")
                    .extracting(e -> String.valueOf(e.service()))
                    .containsExactly(want.get("pendingOf"));
        }
        if (want.containsKey("baseline") || want.containsKey("noBaseline")) {
            boolean isTimed = reading.success().stream().allMatch(e -> e.time() != null);
            soft.assertThat(reading.state(Part.SUCCESS) == PartState.COMPLETE && isTimed)
                    .as("baseline")
                    .isEqualTo(want.containsKey("baseline"));
        }
        if (want.containsKey("times")) {
            soft.assertThat(entries)
                    .extracting(e -> String.valueOf(e.time()))
                    .containsExactly(want.get("times").split(" "));
        }
        if (want.containsKey("organisation")) {
            soft.assertThat(entries).extracting(ConsoleEntry::organisation).containsExactly(want.get("organisation"));
        }
    }

    private static void assertWizard(SoftAssertions soft, Optional<Wizard> wizard, Map<String, String> want) {
        Wizard seen = wizard.orElse(new Wizard(Optional.empty(), false, false, Optional.empty(), Set.of()));
        soft.assertThat(seen)
                .as("wizard")
                .isEqualTo(new Wizard(
                        Optional.ofNullable(want.get("sentence")),
                        want.containsKey("succeeded"),
                        want.containsKey("asks"),
                        Optional.ofNullable(want.get("wizardAppId")),
                        seen.titles()));
    }

    private static void assertNumber(SoftAssertions soft, String key, int actual, Map<String, String> want) {
        if (want.containsKey(key)) {
            soft.assertThat(actual).as(key).isEqualTo(number(want, key));
        }
    }

    private static int number(Map<String, String> want, String key) {
        return Integer.parseInt(want.getOrDefault(key, "0"));
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(w -> !w.isEmpty()).collect(Collectors.toSet());
    }

    private static Set<String> names(Set<? extends Enum<?>> values) {
        return values.stream().map(Objects::toString).collect(Collectors.toSet());
    }
}
