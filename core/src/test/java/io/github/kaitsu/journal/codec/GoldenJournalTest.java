package io.github.kaitsu.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.files.StoreJson;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.Mender;
import io.github.kaitsu.provision.ProbeResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was written once is read for ever (docs/journal.md). Lines are added to the golden files for what is new; none is ever changed.
 */
class GoldenJournalTest {
    private static final String EVERY_EVENT = "/journal/every-event.jsonl";

    @ParameterizedTest
    @ValueSource(strings = EVERY_EVENT)
    void entry_whateverVersionWroteIt_isReadAndWrittenBackAsItStands(String file) {
        for (String line : lines(file)) {
            JournalEntry entry = JournalCodec.read(parse(line), file, 1);

            assertThat(new String(StoreJson.bytes(JournalCodec.write(entry)), StandardCharsets.UTF_8))
                    .isEqualTo(line);
        }
    }

    /** A new event or answer needs a golden line. */
    @Test
    void goldenFiles_haveAnExampleOfEveryType() {
        Set<String> examples = new TreeSet<>();
        lines(EVERY_EVENT).forEach(line -> collect(parse(line), "type", examples));

        assertThat(examples)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Event.class, Answer.class, ProbeResult.class)
                        .flatMap(type -> Arrays.stream(
                                type.getAnnotation(JsonSubTypes.class).value()))
                        .map(JsonSubTypes.Type::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** A constant that is renamed cannot be read any more. */
    @ParameterizedTest
    @MethodSource("constants")
    void goldenFiles_haveAnExampleOfEveryConstant(Class<? extends Enum<?>> constants) {
        Set<String> texts = new TreeSet<>();
        lines(EVERY_EVENT).forEach(line -> collect(parse(line), "", texts));

        assertThat(texts)
                .containsAll(Arrays.stream(constants.getEnumConstants())
                        .map(Enum::name)
                        .toList());
    }

    static Stream<Class<?>> constants() {
        return Stream.of(
                ActivationStatus.class,
                BlockReason.class,
                CloudService.class,
                CloudService.Provider.class,
                ConsoleReading.Part.class,
                Edition.class,
                Event.CallReason.class,
                Event.RoundReason.class,
                Event.Run.class,
                Event.WithdrawReason.class,
                Evidence.Kind.class,
                Evidence.Level.class,
                FailureReason.class,
                Mender.class,
                OwnAccess.Returned.class,
                SkipReason.class);
    }

    @Test
    void goldenFiles_haveBothRequestsWithEveryProperty() {
        List<Object> requests = lines(EVERY_EVENT).stream()
                .map(line -> JournalCodec.read(parse(line), EVERY_EVENT, 1).event())
                .filter(Event.Begun.class::isInstance)
                .<Object>map(event -> ((Event.Begun) event).request())
                .toList();

        assertThat(requests)
                .hasAtLeastOneElementOfType(ActivationRequest.class)
                .hasAtLeastOneElementOfType(RemovalRequest.class);
        Set<String> names = new TreeSet<>();
        lines(EVERY_EVENT)
                .forEach(line -> parse(line).at("/event/request").fieldNames().forEachRemaining(names::add));
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "customer",
                        "services",
                        "edition",
                        "policies",
                        "consoleOrigin",
                        "sharePointAdminSite",
                        "insistOnSharePointPermission",
                        "giveUpAfter",
                        "keepForDrift",
                        "company",
                        "reference",
                        "labels");
    }

    /** The texts under a name, or all of them where the name is empty. */
    private static void collect(JsonNode node, String name, Set<String> into) {
        if (node.isTextual() && name.isEmpty()) {
            into.add(node.asText());
        }
        if (node.path(name).isTextual()) {
            into.add(node.path(name).asText());
        }
        node.forEach(child -> collect(child, name, into));
    }

    private static JsonNode parse(String line) {
        return StoreJson.parse(line.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static List<String> lines(String file) {
        try (InputStream in = GoldenJournalTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
