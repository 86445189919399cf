package io.github.kaitsu.operator;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Statement;
import io.github.kaitsu.text.Labels;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a person is asked to do or to look at, in words that stand in a text file. Immutable. */
public final class ActionTemplate {
    private final Class<?> texts;
    private final String key;
    private final Set<String> variants;
    private final Kind kind;
    private final AnswerForm form;
    private final Optional<URI> link;
    private final Map<String, String> values;
    private final List<String> arguments;
    private final List<String> policies;
    private final Set<BlockReason> acceptedBlocks;
    private final List<Statement> lines;

    /** Whether an action only looks or changes something. */
    public enum Kind {
        /** Only looks, and may be asked again at will. */
        READ,
        /** Changes something. */
        DO
    }

    private ActionTemplate(Builder b) {
        this.texts = b.texts;
        this.key = b.key;
        this.variants = Set.copyOf(b.variants);
        this.kind = b.kind;
        this.form = b.form;
        this.link = b.link;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(b.values));
        this.arguments = List.copyOf(b.arguments);
        this.policies = List.copyOf(b.policies);
        this.acceptedBlocks = Set.copyOf(b.acceptedBlocks);
        this.lines = List.copyOf(b.lines);
    }

    /** A DO answered with done. */
    public static ActionTemplate change(Class<?> texts, String key, String... arguments) {
        return builder(Kind.DO, texts, key).arguments(arguments).build();
    }

    /** A READ answered with yes or no. */
    public static ActionTemplate question(Class<?> texts, String key, String... arguments) {
        return builder(Kind.READ, texts, key).arguments(arguments).build();
    }

    /**
     * The grant of a service in the console, with the policies of the request (COMMON-7).
     *
     * @param texts its texts are {@code grant}, with the service's id as a variant, and {@code policies} where there are any
     * @param policies by their names in the console; none is valid
     * @param arguments for the placeholders; the names of the policies follow them
     */
    public static ActionTemplate forConsole(
            Class<?> texts, CloudService service, List<String> policies, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(String.join(" / ", policies));
        Builder grant = builder(Kind.DO, texts, "grant").arguments(all);
        grant.policies = policies;
        return grant.variant(service.id())
                .variantIf(!policies.isEmpty(), "policies")
                .build();
    }

    /**
     * A DO is answered with done and a READ with yes or no, unless {@link Builder#form} says otherwise.
     *
     * @param texts a class beside whose file {@code actions_<ja|en>.properties} the texts stand
     * @param key the texts are {@code <key>.title}, {@code .goal}, {@code .who}, {@code .why}, {@code .verify} and {@code .1},
     *     {@code .2} … for the instructions; see {@link Builder#variant}
     */
    public static Builder builder(Kind kind, Class<?> texts, String key) {
        return new Builder(kind, texts, key);
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        Builder same = builder(kind, texts, key);
        same.variants.addAll(variants);
        same.policies = policies;
        return same.form(form)
                .link(link)
                .values(values)
                .arguments(arguments)
                .acceptedBlocks(acceptedBlocks)
                .lines(lines);
    }

    /** The same, beginning at this address. */
    public ActionTemplate at(URI address) {
        return toBuilder().link(address).build();
    }

    /** The same, answered in another form. */
    public ActionTemplate answered(AnswerForm other) {
        return toBuilder().form(other).build();
    }

    /** The same, with these values to copy in place of those before, by label key of the catalogue. */
    public ActionTemplate copying(Map<String, String> valuesToCopy) {
        return toBuilder().values(valuesToCopy).build();
    }

    /** The same, with these reasons for which it may be left undone in place of those before. */
    public ActionTemplate accepting(BlockReason... reasons) {
        return toBuilder().acceptedBlocks(Arrays.asList(reasons)).build();
    }

    /** The names of the policies among what is to be copied, where the texts do not give them. */
    public ActionTemplate copyingPolicies() {
        return policies.isEmpty() ? this : copying(Map.of("console.selectPolicy", String.join(" / ", policies)));
    }

    /** The class beside which the texts stand. */
    public Class<?> texts() {
        return texts;
    }

    /** The key under which its texts stand. */
    public String key() {
        return key;
    }

    /** Which variants of its texts apply, besides the edition's. */
    public Set<String> variants() {
        return variants;
    }

    /** Which variants of its texts apply in an edition of the console. */
    public Set<String> variantsIn(Edition edition) {
        Set<String> all = new HashSet<>(variants);
        all.add(Labels.variant(edition));
        return all;
    }

    /** READ may be asked again at will; DO changes something and is asked once a round. */
    public Kind kind() {
        return kind;
    }

    /** In which form it is answered. */
    public AnswerForm form() {
        return form;
    }

    /** Where to begin, if one address leads there. */
    public Optional<URI> link() {
        return link;
    }

    /** What is to be copied, by label key of the catalogue, in the order in which it is shown. */
    public Map<String, String> values() {
        return values;
    }

    /** For the placeholders of the texts. */
    public List<String> arguments() {
        return arguments;
    }

    /** The policies to choose in the console, by their names there; most often none. */
    public List<String> policies() {
        return policies;
    }

    /** Reasons for not doing it that are good answers: the step is then skipped and becomes an open item. */
    public Set<BlockReason> acceptedBlocks() {
        return acceptedBlocks;
    }

    /** Instructions after those of the key, as statements: what depends on the moment. */
    public List<Statement> lines() {
        return lines;
    }

    private List<Object> parts() {
        return List.of(texts, key, variants, kind, form, link, values, arguments, policies, acceptedBlocks, lines);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ActionTemplate other && parts().equals(other.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "ActionTemplate[texts=" + texts.getName() + ", key=" + key + ", variants=" + variants + ", kind=" + kind
                + ", form=" + form + ", link=" + link + ", values=" + values + ", arguments=" + arguments
                + ", policies="
                + policies + ", acceptedBlocks=" + acceptedBlocks + ", lines=" + lines + "]";
    }

    /** Not thread-safe. */
    public static final class Builder {
        private final Kind kind;
        private final Class<?> texts;
        private final String key;
        private final Set<String> variants = new HashSet<>();
        private AnswerForm form;
        private Optional<URI> link = Optional.empty();
        private Map<String, String> values = Map.of();
        private List<String> arguments = List.of();
        private List<String> policies = List.of();
        private Collection<BlockReason> acceptedBlocks = Set.of();
        private List<Statement> lines = List.of();

        private Builder(Kind kind, Class<?> texts, String key) {
            this.kind = Objects.requireNonNull(kind);
            this.texts = Objects.requireNonNull(texts);
            this.key = Objects.requireNonNull(key);
            this.form = kind == Kind.DO ? AnswerForm.done() : AnswerForm.yesOrNo();
        }

        /**
         * Adds a variant of the texts: {@code <key>.<part>@<variant>} is then taken instead of {@code <key>.<part>}. The edition of
         * the console is always one and need not be added.
         */
        public Builder variant(String name) {
            return variantIf(true, name);
        }

        /** As {@link #variant} where it applies; else nothing. */
        public Builder variantIf(boolean applies, String name) {
            if (applies) {
                variants.add(name);
            }
            return this;
        }

        /** Default: done for a DO, yes or no for a READ. */
        public Builder form(AnswerForm answer) {
            this.form = Objects.requireNonNull(answer);
            return this;
        }

        /** Where to begin. Default: nowhere; the instructions lead there. */
        public Builder link(URI address) {
            return link(Optional.of(address));
        }

        /** As {@link #link(URI)}; empty for nowhere. */
        public Builder link(Optional<URI> address) {
            this.link = Objects.requireNonNull(address);
            return this;
        }

        /** What to copy, by label key of the catalogue, shown in this order. Default: nothing. */
        public Builder values(Map<String, String> toCopy) {
            this.values = Objects.requireNonNull(toCopy);
            return this;
        }

        /** For the placeholders of the texts. Default: none. */
        public Builder arguments(String... some) {
            return arguments(Arrays.asList(some));
        }

        /** As {@link #arguments(String...)}. */
        public Builder arguments(List<String> some) {
            this.arguments = Objects.requireNonNull(some);
            return this;
        }

        /** Reasons for which it may be left undone, so that the step is skipped. Default: none. */
        public Builder acceptedBlocks(Collection<BlockReason> reasons) {
            this.acceptedBlocks = Objects.requireNonNull(reasons);
            return this;
        }

        /** Instructions that follow those of the key. Default: none. */
        public Builder lines(List<Statement> instructions) {
            this.lines = Objects.requireNonNull(instructions);
            return this;
        }

        /** Builds it. */
        public ActionTemplate build() {
            return new ActionTemplate(this);
        }
    }
}
