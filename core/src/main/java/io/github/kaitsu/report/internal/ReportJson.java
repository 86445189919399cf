package io.github.kaitsu.report.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CustomerId;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What both documents share: the customer, and the way they are printed: keys in order, the same bytes for the same view. */
final class ReportJson {
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

    private ReportJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static <T> ArrayNode array(List<T> items, Function<T, JsonNode> each) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(i -> array.add(each.apply(i)));
        return array;
    }

    static ArrayNode strings(List<String> items) {
        return array(items, JsonNodeFactory.instance::textNode);
    }

    static ObjectNode customer(
            CustomerId customer, Optional<String> company, Optional<String> reference, Set<String> labels) {
        ObjectNode json = object().put("site", customer.site().name())
                .put("account", customer.account())
                .put("organisation", customer.organisation())
                .put("company", company.orElse(null))
                .put("reference", reference.orElse(null));
        json.set("labels", strings(List.copyOf(labels)));
        return json;
    }

    static String print(JsonNode document) {
        try {
            return escapeInvisible(WRITER.writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON may hold them as they are, but a terminal obeys them and UTF-8 has none for half a character. */
    private static String escapeInvisible(String json) {
        StringBuilder out = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean harmless = c == '\n'
                    || (type != Character.CONTROL
                            && type != Character.FORMAT
                            && type != Character.SURROGATE
                            && type != Character.LINE_SEPARATOR
                            && type != Character.PARAGRAPH_SEPARATOR);
            if (harmless) {
                out.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        });
        return out.toString();
    }
}
