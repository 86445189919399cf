package io.github.kaitsu.journal.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.files.StoreJson;
import io.github.kaitsu.journal.JournalEntry;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Journal entries as JSON. The form is for ever: what one version wrote, every later version reads.
 *
 * <p>So types and constants may be added and never renamed, and a component added to an event later must be an
 * {@code Optional}, or a flag that is false where old lines lack it. Properties nobody knows are passed over; a type or constant nobody knows
 * is refused, because a run must not be continued by a version that does not understand what happened in it.
 */
public final class JournalCodec {
    private static final ObjectMapper MAPPER = new ObjectMapper(StoreJson.FACTORY)
            .registerModule(new Jdk8Module())
            .registerModule(new JavaTimeModule())
            .registerModule(new SimpleModule()
                    .addSerializer(StepId.class, ToStringSerializer.instance)
                    .addSerializer(ActionId.class, ToStringSerializer.instance)
                    .addDeserializer(StepId.class, new Name<>(StepId.class, StepId::new))
                    .addDeserializer(ActionId.class, new Name<>(ActionId.class, ActionId::new)))
            .registerModule(JournalRequests.module())
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** For what stands beside journals: what a record says besides its components is not written. */
    private static final ObjectMapper BESIDE =
            MAPPER.copy().setVisibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE);

    private JournalCodec() {}

    /** The same tree for equal entries. */
    public static JsonNode write(JournalEntry entry) {
        return MAPPER.valueToTree(entry);
    }

    /**
     * Reads an entry back.
     *
     * @param file where it stands, for the message
     * @param line where it stands, for the message
     * @throws KaitsuException STORE_NEWER if it holds a word of a later version, STORE_CORRUPT if it is no entry
     */
    public static JournalEntry read(JsonNode tree, String file, long line) {
        try {
            return MAPPER.treeToValue(tree, JournalEntry.class);
        } catch (JsonProcessingException e) {
            // The cause would quote the content, which belongs into no log.
            ErrorCode code = isUnknownWord(e) ? ErrorCode.STORE_NEWER : ErrorCode.STORE_CORRUPT;
            throw KaitsuException.of(code, "", file, line);
        }
    }

    /** Something else that stands beside journals, in the same form; {@code Optional}s that are empty are left out. */
    public static JsonNode tree(Object value) {
        return BESIDE.valueToTree(value);
    }

    /** Reads it back; empty if it is none, or holds a word of a later version. */
    public static <T> Optional<T> value(JsonNode tree, Class<T> type) {
        try {
            return Optional.ofNullable(BESIDE.treeToValue(tree, type));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isUnknownWord(JsonProcessingException e) {
        if (e instanceof InvalidTypeIdException type) {
            return type.getTypeId() != null;
        }
        return e instanceof InvalidFormatException format
                && format.getTargetType() != null
                && format.getTargetType().isEnum();
    }

    /** A name is its text, not an object with one property. */
    private static final class Name<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> of;

        Name(Class<T> type, Function<String, T> of) {
            super(type);
            this.of = of;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw MismatchedInputException.from(parser, handledType(), "no name");
            }
            return of.apply(parser.getText());
        }
    }
}
