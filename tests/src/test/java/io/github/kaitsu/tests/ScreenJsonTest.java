package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.StepId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.report.Handover;
import io.github.kaitsu.report.ScreenJson;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a screen gets is what the published schema and {@code docs/json.md} say, in every state of a run and in both languages. */
class ScreenJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Locale> LANGUAGES = List.of(Locale.JAPANESE, Locale.ENGLISH);
    private static final Path DOCUMENT = Path.of("..", "docs", "json.md");

    private final Map<String, Schema> schemas = new HashMap<>();

    /** The schema of one document, which here allows no key that it does not name. */
    private Schema schema(String document) {
        return schemas.computeIfAbsent(document, name -> {
            ObjectNode all = (ObjectNode) tree(ScreenJson.schema());
            close(all);
            all.remove("anyOf");
            all.put("$ref", "#/$defs/" + name);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(all);
        });
    }

    private static void close(JsonNode node) {
        if (node.has("properties") && !node.has("additionalProperties")) {
            ((ObjectNode) node).put("additionalProperties", false);
        }
        node.forEach(ScreenJsonTest::close);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private void assertFits(String document, String json) {
        assertThat(schema(document).validate(tree(json))).as(json).isEmpty();
    }

    private void assertFits(ActivationView view) {
        for (Locale language : LANGUAGES) {
            assertFits("activation", ScreenJson.of(view, language));
            assertFits("actions", ScreenJson.of(view.openActions(), language));
            for (OperatorAction action : view.openActions()) {
                String json = ScreenJson.of(action, language);
                assertFits("action", json);
                assertSaid(tree(json), language);
            }
        }
        assertThat(codes(tree(ScreenJson.of(view, Locale.JAPANESE))))
                .as("codes, ids and keys are the same in both languages")
                .isEqualTo(codes(tree(ScreenJson.of(view, Locale.ENGLISH))));
    }

    /** Everything a person reads is there, and in their language. */
    private static void assertSaid(JsonNode action, Locale language) {
        List<String> texts = new ArrayList<>();
        for (String key : List.of("title", "goal", "who", "why", "verify", "kindText", "answerText")) {
            texts.add(action.path(key).asText());
        }
        action.path("blockReasons").forEach(r -> texts.add(r.path("text").asText()));
        action.path("answers").forEach(r -> texts.add(r.path("text").asText()));
        action.path("partTexts").forEach(r -> texts.add(r.path("text").asText()));
        assertThat(texts).as("%s", action).allMatch(t -> !t.isBlank());
        if (language.equals(Locale.JAPANESE)) {
            assertThat(texts).as("%s", action).allMatch(ScreenJsonTest::isJapanese);
        }
        action.path("choiceTexts")
                .forEach(c -> assertThat(c.path("text").asText())
                        .isNotBlank()
                        .isNotEqualTo(c.path("choice").asText()));
        assertThat(action.path("choiceTexts").findValuesAsText("choice"))
                .isEqualTo(JSON.convertValue(action.path("choices"), List.class));
        assertThat(action.path("blockReasons")).hasSize(BlockReason.values().length);
    }

    private static boolean isJapanese(String text) {
        return text.codePoints()
                .mapToObj(Character.UnicodeScript::of)
                .anyMatch(s -> s == Character.UnicodeScript.HAN
                        || s == Character.UnicodeScript.HIRAGANA
                        || s == Character.UnicodeScript.KATAKANA);
    }

    /** All keys with their codes, none of the texts. */
    private static Set<String> codes(JsonNode node) {
        TreeSet<String> found = new TreeSet<>();
        collect("", node, found);
        return found;
    }

    private static void collect(String path, JsonNode node, Set<String> found) {
        if (node.isObject() && !path.endsWith("/values")) {
            node.properties().forEach(e -> collect(path + "/" + e.getKey(), e.getValue(), found));
        } else if (node.isArray() && !path.endsWith("/instructions")) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), found);
            }
        } else if (path.matches(
                ".*/(id|kind|service|step|rule|status|phase|evidence|answerForm|reason|choice|answer|code)")) {
            found.add(path + "=" + node.asText());
        } else {
            found.add(path);
        }
    }

    // ---- every state of a run

    @Test
    void allEightServices_andTheirRemoval_fitInEveryState() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Customer customer = Customer.of(sandbox);
            Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
            try (ActivationClient client =
                    customer.client(new MemoryActivationStore(), person).build()) {
                List<CloudService> all = new ArrayList<>(CloudService.standard());
                all.add(CloudService.MIP);
                client.begin(Run.ID, customer.request(all));
                toItsEnd(client, Run.ID, person, customer);
                ActivationId removal = ActivationId.of("removal");
                client.beginRemoval(removal, customer.id(), EnumSet.of(CloudService.BOX, CloudService.ONEDRIVE));
                toItsEnd(client, removal, person, customer);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.Kind.class,
            names = {"LINK_FAILS", "STUCK_PENDING", "CO_ADMIN", "NO_FOLDERS", "ALREADY_LINKED", "FOREIGN_PENDING"})
    void whateverGoesWrong_fitsInEveryState(Scenario.Kind kind) throws InterruptedException {
        Scenario scenario = kind == Scenario.Kind.LINK_FAILS ? Scenario.linkFails(3) : Scenario.of(kind);
        try (Sandbox sandbox = Sandbox.builder().scenario(scenario).start()) {
            Customer customer = Customer.of(sandbox);
            Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
            try (ActivationClient client =
                    customer.client(new MemoryActivationStore(), person).build()) {
                client.begin(Run.ID, customer.request(List.of(CloudService.BOX, CloudService.DROPBOX)));
                toItsEnd(client, Run.ID, person, customer);
            }
        }
    }

    private void toItsEnd(ActivationClient client, ActivationId id, Person person, Customer customer)
            throws InterruptedException {
        Set<String> seen = new HashSet<>();
        boolean ended = false;
        for (int states = 0; !ended; states++) {
            assertThat(states).isLessThan(2000);
            ActivationView view = client.find(id).orElseThrow().view();
            if (seen.add(state(view))) {
                assertFits(view);
            }
            ended = Run.step(client, id, person, customer);
        }
        assertFits(client.find(id).orElseThrow().view());
    }

    /** What makes a document another one, but for what a step says. */
    private static String state(ActivationView view) {
        return view.openActions().stream().map(a -> a.id().value()).toList() + " "
                + view.services().stream()
                        .map(s -> s.status() + "/" + s.waiting().getClass().getSimpleName() + "/"
                                + s.notProved().size())
                        .toList();
    }

    @ParameterizedTest
    @EnumSource
    void plan_fits(PlanDepth depth) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = ActivationClient.builder()
                        .provisioners(new Connected(sandbox).provisioners())
                        .store(new MemoryActivationStore())
                        .clock(sandbox.clock())
                        .build()) {
            ActivationPlan plan = client.plan(Customer.of(sandbox).request(CloudService.standard()), depth);
            for (Locale language : LANGUAGES) {
                assertFits("plan", ScreenJson.of(plan, language));
            }
        }
    }

    // ---- the schema itself

    @Test
    void schema_knowsEveryConstant() {
        assertThat(constants("step/properties/phase")).isEqualTo(names(Phase.values()));
        assertThat(constants("step/properties/performer")).isEqualTo(names(Performer.values()));
        assertThat(constants("step/properties/skipReason")).isEqualTo(orNull(SkipReason.values()));
        assertThat(constants("service/properties/service")).isEqualTo(names(CloudService.values()));
        assertThat(constants("service/properties/status")).isEqualTo(names(ActivationStatus.values()));
        assertThat(constants("service/properties/failure")).isEqualTo(orNull(FailureReason.values()));
        assertThat(constants("activation/properties/openItems/items/properties/kind"))
                .isEqualTo(names(ActivationView.OpenItem.Kind.values()));
        assertThat(constants("handover/properties/outcome")).isEqualTo(names(Handover.Outcome.values()));
        assertThat(constants("handover/properties/services/items/properties/state"))
                .isEqualTo(names(Handover.State.values()));
        assertThat(constants("handover/properties/remaining/items/properties/kind"))
                .isEqualTo(names(Handover.Remaining.Kind.values()));
        assertThat(constants("action/properties/blockReasons/items/properties/reason"))
                .isEqualTo(names(BlockReason.values()));
    }

    private static List<String> constants(String path) {
        List<String> all = new ArrayList<>();
        tree(ScreenJson.schema()).at("/$defs/" + path + "/enum").forEach(n -> all.add(n.asText()));
        return all;
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static List<String> orNull(Enum<?>[] values) {
        List<String> all = new ArrayList<>(names(values));
        all.add("null");
        return all;
    }

    /** A later version may add keys; this one must not refuse them. */
    @Test
    void schema_asPublished_allowsKeysThatItDoesNotKnow() throws InterruptedException {
        Schema published = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(tree(ScreenJson.schema()));
        ObjectNode action = (ObjectNode) tree(ScreenJson.of(example(), Locale.ENGLISH));
        assertThat(published.validate(action)).isEmpty();
        action.put("later", 1);
        assertThat(published.validate(action)).isEmpty();
        action.remove("title");
        assertThat(published.validate(action)).isNotEmpty();
    }

    // ---- the document

    private static OperatorAction example() throws InterruptedException {
        Duration patience = Duration.ofMinutes(1);
        try (ActivationClient client = ActivationClient.builder()
                .provisioner(BoxProvisioner.create())
                .store(new MemoryActivationStore())
                .clock(Clock.fixed(Instant.parse("2026-11-24T00:00:00Z"), ZoneOffset.UTC))
                .build()) {
            Activation run = client.begin(
                    ActivationId.of("contract-1001"),
                    ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                            .company("見本株式会社")
                            .services(CloudService.BOX)
                            .build());
            for (String step : List.of("password", "sign-in")) {
                ActionId asked = run.awaitAction(StepId.console(step), patience)
                        .orElseThrow()
                        .id();
                run.answer(asked, Answer.done("sato@example.co.jp"));
            }
            return run.awaitAction(StepId.console("edition"), patience).orElseThrow();
        }
    }

    @Test
    void document_showsAnActionAsItReallyIs_inBothLanguages() throws IOException, InterruptedException {
        OperatorAction action = example();
        List<String> shown = new ArrayList<>();
        Matcher blocks =
                Pattern.compile("```json\\n(.*?)\\n```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        while (blocks.find()) {
            shown.add(blocks.group(1));
        }
        assertThat(shown)
                .containsExactly(ScreenJson.of(action, Locale.ENGLISH), ScreenJson.of(action, Locale.JAPANESE));
    }

    @Test
    void document_namesEveryKey() throws IOException {
        String text = Files.readString(DOCUMENT);
        TreeSet<String> keys = new TreeSet<>();
        keys(tree(ScreenJson.schema()).path("$defs"), keys);
        assertThat(keys).allMatch(key -> text.contains("`" + key + "`"));
    }

    private static void keys(JsonNode node, Set<String> found) {
        node.path("properties").fieldNames().forEachRemaining(found::add);
        if (node instanceof ArrayNode || node.isObject()) {
            node.forEach(child -> keys(child, found));
        }
    }
}
