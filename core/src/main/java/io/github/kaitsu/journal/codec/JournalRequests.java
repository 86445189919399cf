package io.github.kaitsu.journal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.journal.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests as the journal holds them. Which one it is stands beside it, in {@code run}; a removal of the first version has an
 * edition that nobody saw, which is passed over.
 */
final class JournalRequests {
    private JournalRequests() {}

    static SimpleModule module() {
        return new SimpleModule()
                .addSerializer(new StdDelegatingSerializer(ActivationRequest.class, new FromActivation()))
                .addSerializer(new StdDelegatingSerializer(RemovalRequest.class, new FromRemoval()))
                .addDeserializer(ActivationRequest.class, new StdDelegatingDeserializer<>(new ToActivation()))
                .addDeserializer(RemovalRequest.class, new StdDelegatingDeserializer<>(new ToRemoval()))
                .addDeserializer(Event.Begun.class, new Begun());
    }

    /** The names of its components are the journal's. */
    private record Activation(
            CustomerId customer,
            List<CloudService> services,
            Edition edition,
            List<String> policies,
            Optional<String> consoleOrigin,
            Optional<String> sharePointAdminSite,
            boolean insistOnSharePointPermission,
            Duration giveUpAfter,
            boolean keepForDrift,
            Optional<String> company,
            Optional<String> reference,
            Optional<List<String>> labels) {}

    /** The names of its components are the journal's. */
    private record Removal(
            CustomerId customer,
            List<CloudService> services,
            Optional<String> consoleOrigin,
            Duration giveUpAfter,
            Optional<String> company,
            Optional<String> reference,
            Optional<List<String>> labels) {}

    private static Optional<List<String>> listed(Set<String> labels) {
        return Optional.of(List.copyOf(labels)).filter(l -> !l.isEmpty());
    }

    private static final class FromActivation extends StdConverter<ActivationRequest, Activation> {
        @Override
        public Activation convert(ActivationRequest r) {
            return new Activation(
                    r.customer(),
                    r.services(),
                    r.edition(),
                    r.policies(),
                    r.consoleOrigin(),
                    r.sharePointAdminSite(),
                    r.insistOnSharePointPermission(),
                    r.giveUpAfter(),
                    r.keepForDrift(),
                    r.company(),
                    r.reference(),
                    listed(r.labels()));
        }
    }

    private static final class ToActivation extends StdConverter<Activation, ActivationRequest> {
        @Override
        public ActivationRequest convert(Activation a) {
            ActivationRequest.Builder request = ActivationRequest.builder(a.customer)
                    .services(a.services)
                    .edition(a.edition)
                    .policies(a.policies)
                    .insistOnSharePointPermission(a.insistOnSharePointPermission)
                    .giveUpAfter(a.giveUpAfter)
                    .keepForDrift(a.keepForDrift);
            a.consoleOrigin.ifPresent(request::consoleOrigin);
            a.sharePointAdminSite.ifPresent(request::sharePointAdminSite);
            a.company.ifPresent(request::company);
            a.reference.ifPresent(request::reference);
            a.labels.ifPresent(request::labels);
            return request.build();
        }
    }

    private static final class FromRemoval extends StdConverter<RemovalRequest, Removal> {
        @Override
        public Removal convert(RemovalRequest r) {
            return new Removal(
                    r.customer(),
                    r.services(),
                    r.consoleOrigin(),
                    r.giveUpAfter(),
                    r.company(),
                    r.reference(),
                    listed(r.labels()));
        }
    }

    private static final class ToRemoval extends StdConverter<Removal, RemovalRequest> {
        @Override
        public RemovalRequest convert(Removal r) {
            RemovalRequest.Builder request =
                    RemovalRequest.builder(r.customer).services(r.services).giveUpAfter(r.giveUpAfter);
            r.consoleOrigin.ifPresent(request::consoleOrigin);
            r.company.ifPresent(request::company);
            r.reference.ifPresent(request::reference);
            r.labels.ifPresent(request::labels);
            return request.build();
        }
    }

    private static final class Begun extends StdDeserializer<Event.Begun> {
        private static final long serialVersionUID = 1L;

        Begun() {
            super(Event.Begun.class);
        }

        @Override
        public Event.Begun deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode tree = context.readTree(parser);
            Event.Run run = part(tree, "run", Event.Run.class, parser, context);
            return new Event.Begun(
                    switch (run) {
                        case ACTIVATION -> part(tree, "request", ActivationRequest.class, parser, context);
                        case REMOVAL -> part(tree, "request", RemovalRequest.class, parser, context);
                    });
        }

        private static <T> T part(
                JsonNode tree, String name, Class<T> type, JsonParser parser, DeserializationContext context)
                throws IOException {
            @Nullable T part = tree.hasNonNull(name) ? context.readTreeAsValue(tree.get(name), type) : null;
            if (part == null) {
                throw MismatchedInputException.from(parser, type, "no " + name);
            }
            return part;
        }
    }
}
