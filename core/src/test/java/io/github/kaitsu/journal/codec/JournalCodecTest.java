package io.github.kaitsu.journal.codec;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.files.StoreJson;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.ProbeResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JournalCodecTest {
    private static final Instant NOON = Instant.parse("2026-11-02T03:00:00.000000001Z");
    private static final String CUSTOMER =
            "\"customer\":{\"site\":\"JP\",\"account\":\"CAS0001\",\"organisation\":\"初期設定の組織\"}";

    @Property(tries = 1500)
    void entry_writtenAndReadBack_isTheSame(@ForAll("entries") JournalEntry entry) {
        byte[] line = StoreJson.bytes(JournalCodec.write(entry));

        assertThat(read(line)).isEqualTo(entry);
        assertThat(StoreJson.bytes(JournalCodec.write(read(line)))).isEqualTo(line);
        assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("\n");
    }

    @Provide
    Arbitrary<JournalEntry> entries() {
        // By type first: each is tried some 75 times.
        return Arbitraries.of(Event.class.getPermittedSubclasses())
                .flatMap(type -> AnyRecord.of(type).map(event -> new JournalEntry(7, NOON, (Event) event)));
    }

    @Test
    void entry_written_isReadableForPeople() {
        JournalEntry entry = new JournalEntry(
                3,
                NOON,
                new Event.Answered(
                        new ActionId("box.link.1"), new StepId("box.link"), new Answer.Saw("佐藤", "保留"), true));

        assertThat(text(entry))
                .isEqualTo("{\"number\":3,\"time\":\"2026-11-02T03:00:00.000000001Z\",\"event\":{\"type\":\"answered\","
                        + "\"action\":\"box.link.1\",\"step\":\"box.link\",\"answer\":{\"type\":\"saw\",\"by\":\"佐藤\","
                        + "\"text\":\"保留\"},\"readByMachine\":true}}");
    }

    @Test
    void facts_inWhateverOrder_areWrittenTheSame() {
        Map<String, String> forwards = new LinkedHashMap<>();
        Map<String, String> backwards = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            forwards.put("fact" + i, "x");
            backwards.put("fact" + (19 - i), "x");
        }

        assertThat(text(looked(ProbeResult.holds("x").with(forwards))))
                .isEqualTo(text(looked(ProbeResult.holds("x").with(backwards))));
    }

    @Test
    void text_thatEndsWithHalfACharacter_isReadBackAsItWas() {
        JournalEntry entry = looked(ProbeResult.unclear("lag", "cut \ud83d"));

        assertThat(read(StoreJson.bytes(JournalCodec.write(entry)))).isEqualTo(entry);
    }

    @Test
    void text_ofManyMegabytes_isReadBack() {
        JournalEntry entry = looked(ProbeResult.unclear("lag", "x".repeat(25_000_000)));

        assertThat(read(StoreJson.bytes(JournalCodec.write(entry)))).isEqualTo(entry);
    }

    @Test
    void property_thatNobodyKnows_isPassedOver() {
        ObjectNode tree = tree(looked(ProbeResult.unclear("lag", "lag")));
        tree.put("later", 1);
        ((ObjectNode) tree.path("event")).put("later", "x");

        assertThat(JournalCodec.read(tree, "file", 1)).isEqualTo(looked(ProbeResult.unclear("lag", "lag")));
    }

    @Test
    void optional_thatIsMissing_isEmpty() {
        JournalEntry entry =
                read("{\"number\":1,\"time\":\"2026-11-02T03:00:00Z\",\"event\":{\"type\":\"service-ended\","
                        + "\"service\":\"BOX\",\"status\":\"PROTECTED\",\"detail\":"
                        + "{\"code\":\"nothing\",\"arguments\":[],\"quote\":\"\"}}}");

        assertThat(((Event.ServiceEnded) entry.event()).reason()).isEmpty();
    }

    @Test
    void activation_asTheFirstVersionWroteIt_isRead() {
        Event.Begun begun = begun("{\"type\":\"begun\",\"run\":\"ACTIVATION\",\"request\":{" + CUSTOMER
                + ",\"services\":[\"BOX\",\"GMAIL\"],\"edition\":\"CONSOLE_2024_07\",\"policies\":[\"既定のポリシー\"],"
                + "\"insistOnSharePointPermission\":true,\"giveUpAfter\":\"PT720H\",\"later\":{\"a\":1}}}");

        assertThat(begun.run()).isEqualTo(Event.Run.ACTIVATION);
        assertThat(begun.request())
                .isEqualTo(ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                        .services(CloudService.BOX, CloudService.GMAIL)
                        .edition(Edition.CONSOLE_2024_07)
                        .policies(List.of("既定のポリシー"))
                        .insistOnSharePointPermission(true)
                        .build());
    }

    @Test
    void removal_asTheFirstVersionWroteIt_isReadWithoutTheEditionThatNobodySaw() {
        Event.Begun begun = begun("{\"type\":\"begun\",\"run\":\"REMOVAL\",\"request\":{" + CUSTOMER
                + ",\"services\":[\"GMAIL\",\"BOX\"],\"edition\":\"CONSOLE_2024_04\",\"policies\":[],"
                + "\"insistOnSharePointPermission\":false,\"giveUpAfter\":\"PT720H\",\"keepForDrift\":false}}");

        assertThat(begun.run()).isEqualTo(Event.Run.REMOVAL);
        assertThat(begun.request())
                .isEqualTo(RemovalRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                        .services(CloudService.BOX, CloudService.GMAIL)
                        .build());
    }

    @Test
    void request_written_isReadableForPeople() {
        RemovalRequest request = RemovalRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                .services(CloudService.BOX)
                .giveUpAfter(Duration.ofDays(1))
                .company("株式会社サンプル")
                .reference("K-1001")
                .labels("east", "2026")
                .build();

        assertThat(text(new JournalEntry(1, NOON, new Event.Begun(request))))
                .contains("\"event\":{\"type\":\"begun\",\"run\":\"REMOVAL\",\"request\":{" + CUSTOMER
                        + ",\"services\":[\"BOX\"],\"giveUpAfter\":\"PT24H\",\"company\":\"株式会社サンプル\","
                        + "\"reference\":\"K-1001\",\"labels\":[\"2026\",\"east\"]}}");
    }

    @Test
    void request_thatIsNone_isCorruptOrNewer() {
        String begun = "{\"type\":\"begun\",\"run\":\"%s\",\"request\":{" + CUSTOMER + ",%s}}";
        String rest = "\"edition\":\"AUTO\",\"policies\":[],\"giveUpAfter\":\"PT1H\"";

        assertCode(ErrorCode.STORE_CORRUPT, entryWith("{\"type\":\"begun\"}"));
        assertCode(ErrorCode.STORE_CORRUPT, entryWith("{\"type\":\"begun\",\"run\":\"REMOVAL\",\"request\":null}"));
        assertCode(ErrorCode.STORE_CORRUPT, entryWith(begun.formatted("ACTIVATION", rest))); // no services
        assertCode(ErrorCode.STORE_CORRUPT, entryWith(begun.formatted("ACTIVATION", "\"services\":[]," + rest)));
        assertCode(ErrorCode.STORE_CORRUPT, entryWith(begun.formatted("ACTIVATION", "\"services\":[null]," + rest)));
        assertCode(ErrorCode.STORE_CORRUPT, entryWith(begun.formatted("REMOVAL", "\"services\":[]," + rest)));
        assertCode(ErrorCode.STORE_NEWER, entryWith(begun.formatted("REMOVAL", "\"services\":[\"SLACK\"]," + rest)));
        assertCode(ErrorCode.STORE_NEWER, entryWith(begun.formatted("TRANSFER", "\"services\":[\"BOX\"]," + rest)));
        assertThat(begun(begun.formatted("ACTIVATION", "\"services\":[\"BOX\"]," + rest))
                        .run())
                .isEqualTo(Event.Run.ACTIVATION);
    }

    @Test
    void type_thatNobodyKnows_isNewer() {
        assertCode(ErrorCode.STORE_NEWER, entryWith("{\"type\":\"teleported\"}"));
        assertCode(
                ErrorCode.STORE_NEWER,
                entryWith(
                        "{\"type\":\"looked\",\"step\":\"a\",\"source\":{\"kind\":\"API\",\"name\":\"b\",\"permission\":\"\"},\"look\":{\"type\":\"dreamt\"}}"));
    }

    @Test
    void constant_thatNobodyKnows_isNewer() {
        assertCode(ErrorCode.STORE_NEWER, entryWith("{\"type\":\"slot-taken\",\"service\":\"SLACK\"}"));
    }

    @Test
    void content_thatIsNoEntry_isCorruptAndNotQuoted() {
        assertCode(ErrorCode.STORE_CORRUPT, "{}");
        assertCode(ErrorCode.STORE_CORRUPT, entryWith("{}"));
        assertCode(ErrorCode.STORE_CORRUPT, entryWith("{\"type\":\"slot-taken\"}"));
        assertCode(ErrorCode.STORE_CORRUPT, "{\"number\":1,\"time\":\"s3cret\",\"event\":{\"type\":\"ended\"}}");
        assertThatThrownBy(() -> read("{\"number\":1,\"time\":\"s3cret\",\"event\":{\"type\":\"ended\"}}"))
                .hasMessageContaining("file")
                .hasMessageContaining("12")
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("s3cret");
    }

    @Test
    void types_ofEventsLooksAndAnswers_haveLowerCaseNames() {
        for (Class<?> sealed : new Class<?>[] {Event.class, ProbeResult.class, Answer.class}) {
            assertThat(Arrays.stream(sealed.getAnnotation(JsonSubTypes.class).value()))
                    .hasSameSizeAs(sealed.getPermittedSubclasses())
                    .allMatch(type -> type.name().matches("[a-z]+(-[a-z]+)*"));
        }
    }

    private static void assertCode(ErrorCode code, String json) {
        assertRefused(code, () -> read(json));
    }

    private static String entryWith(String event) {
        return "{\"number\":1,\"time\":\"2026-11-02T03:00:00Z\",\"event\":" + event + "}";
    }

    private static Event.Begun begun(String event) {
        return (Event.Begun) read(entryWith(event)).event();
    }

    private static JournalEntry looked(ProbeResult look) {
        return new JournalEntry(
                1, NOON, new Event.Looked(new StepId("box.folders"), Evidence.Source.api("box-api", ""), look));
    }

    private static ObjectNode tree(JournalEntry entry) {
        return (ObjectNode) JournalCodec.write(entry);
    }

    private static String text(JournalEntry entry) {
        return new String(StoreJson.bytes(tree(entry)), StandardCharsets.UTF_8);
    }

    private static JournalEntry read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JournalEntry read(byte[] json) {
        JsonNode tree = StoreJson.parse(json).orElseThrow();
        return JournalCodec.read(tree, "file", 12);
    }
}
