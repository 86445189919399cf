package io.github.kaitsu.spi;

import io.github.kaitsu.AnswerForm;
import io.github.kaitsu.BlockReason;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person is asked to do or to look at, in words that stand in a text file.
 *
 * @param texts a class beside whose file {@code actions_<ja|en>.properties} the texts stand, under {@code <key>.title},
 *     {@code .goal}, {@code .who}, {@code .why}, {@code .verify} and {@code .1}, {@code .2} … for the instructions
 * @param kind READ may be asked again at will; DO changes something and is asked once a round
 * @param link where to begin, if one address leads there
 * @param values what is to be copied, by label key of the catalogue
 * @param arguments for the placeholders of the texts
 * @param acceptedBlocks reasons for not doing it that are good answers: the step is then skipped and becomes an open item
 */
public record ActionTemplate(
        Class<?> texts,
        String key,
        Kind kind,
        AnswerForm form,
        Optional<URI> link,
        Map<String, String> values,
        List<String> arguments,
        Set<BlockReason> acceptedBlocks) {

    /** Whether an action only looks or changes something. */
    public enum Kind {
        READ,
        DO
    }

    public ActionTemplate {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        arguments = List.copyOf(arguments);
        acceptedBlocks = Set.copyOf(acceptedBlocks);
    }

    /** A DO answered with done. */
    public static ActionTemplate change(Class<?> texts, String key, String... arguments) {
        return new ActionTemplate(
                texts, key, Kind.DO, AnswerForm.done(), Optional.empty(), Map.of(), List.of(arguments), Set.of());
    }

    /** A READ answered with yes or no. */
    public static ActionTemplate question(Class<?> texts, String key, String... arguments) {
        return new ActionTemplate(
                texts, key, Kind.READ, AnswerForm.yesOrNo(), Optional.empty(), Map.of(), List.of(arguments), Set.of());
    }

    public ActionTemplate at(URI address) {
        return new ActionTemplate(texts, key, kind, form, Optional.of(address), values, arguments, acceptedBlocks);
    }

    public ActionTemplate answered(AnswerForm other) {
        return new ActionTemplate(texts, key, kind, other, link, values, arguments, acceptedBlocks);
    }

    public ActionTemplate copying(Map<String, String> valuesToCopy) {
        return new ActionTemplate(texts, key, kind, form, link, valuesToCopy, arguments, acceptedBlocks);
    }

    public ActionTemplate accepting(BlockReason... reasons) {
        return new ActionTemplate(texts, key, kind, form, link, values, arguments, Set.of(reasons));
    }
}
