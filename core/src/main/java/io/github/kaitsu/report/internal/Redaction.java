package io.github.kaitsu.report.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.ActivationView.Contradiction;
import io.github.kaitsu.ActivationView.NotProved;
import io.github.kaitsu.ActivationView.OpenItem;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Statement;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.journal.codec.JournalCodec;
import io.github.kaitsu.operator.OperatorAction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes names out. Of the journal only what is listed as a code stays, everything else in it is hashed as a whole; what was hashed there
 * is a name from then on, and is replaced wherever a sentence of the report speaks of it. Thread-safe.
 */
public final class Redaction {
    /** Properties whose values are words of ours, in the journal and in the report alike. */
    private static final Set<String> CODES = Set.of(
            "type",
            "time",
            "step",
            "action",
            "service",
            "services",
            "provider",
            "status",
            "reason",
            "code",
            "level",
            "kind",
            "phase",
            "edition",
            "run",
            "parts",
            "place",
            "mender",
            "site",
            "overdueAt",
            "giveUpAfter",
            "permission",
            "begunAt",
            "changedAt",
            "wakeAt",
            "rule",
            "performer",
            "evidence",
            "sourceKind",
            "skipReason",
            "waitingFor",
            "waitingUntil",
            "waitingForActions",
            "failure",
            "state",
            "outcome",
            "at",
            "id",
            "answerForm",
            "answer",
            "choice",
            "offeredAt",
            "expectedAt",
            "part");

    /** Properties of the report that say nothing but a name, or what somebody wrote. */
    private static final Set<String> NAMES = Set.of(
            "activation",
            "account",
            "organisation",
            "company",
            "reference",
            "labels",
            "consoleText",
            "line",
            "by",
            "values",
            "handedBackBecause",
            "pictures",
            "before",
            "after",
            "waitingForSlotOf");

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:+ -]*");
    /** Counts, times and durations tell nobody's name; a longer number may be an id. */
    private static final Pattern PLAIN =
            Pattern.compile("|true|false|[0-9.,-]{1,5}|-?P[0-9TDHMS.]+|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");

    /** As a vendor's documentation has it. */
    private static final Pattern CALL = Pattern.compile("(?:GET|POST|PUT|DELETE) /[A-Za-z0-9_./{}-]*");

    private static final Pattern HAND = Pattern.compile("BROWSER|PERSON|-?P[0-9TDHMS.]+");
    private static final Pattern MAIL =
            Pattern.compile("[\\p{L}\\p{N}._%+'-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+");
    /** Shorter ones stand in sentences by chance. */
    private static final int SHORTEST_LINE = 8;

    /** Within a word only what is no word by chance. */
    private static final int SHORTEST_SURE = 4;

    private static final Pattern TENANT =
            Pattern.compile("(([a-z0-9][a-z0-9-]*?)(?:-admin|-my)?)\\.sharepoint\\.[a-z.]+");
    private static final int HASH_BYTES = 10;
    private static final Pattern HASHED = Pattern.compile("name-[0-9a-f]{" + 2 * HASH_BYTES + "}");

    private final SecretKeySpec salt;
    /** Longest first, each with how it is found. */
    private final Map<String, String> names = new LinkedHashMap<>();

    private Redaction(byte[] salt, ActivationView view, List<JournalEntry> journal) {
        this.salt = new SecretKeySpec(salt, "HmacSHA256");
        Set<String> found = new LinkedHashSet<>();
        journal.forEach(entry -> journal(JournalCodec.write(entry), value -> pieces(value, found)));
        collect(view, found);
        found.removeIf(Redaction::isOurs);
        Set<String> sure = sure(view);
        found.addAll(sure);
        found.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .forEach(n ->
                        names.put(n, sure.contains(n) && n.length() >= SHORTEST_SURE ? Pattern.quote(n) : asAWord(n)));
    }

    public static Redaction of(byte[] salt, ActivationView view, List<JournalEntry> journal) {
        return new Redaction(salt, view, journal);
    }

    /** What must not stand anywhere, not even within another word. */
    private static Set<String> sure(ActivationView view) {
        Set<String> sure = new LinkedHashSet<>();
        sure.add(view.customer().account());
        sure.add(view.customer().organisation());
        sure.add(view.id().value());
        view.company().ifPresent(sure::add);
        view.reference().ifPresent(sure::add);
        sure.removeIf(String::isBlank);
        return sure;
    }

    /** A word of the services' or a code is nobody's name. */
    private static boolean isOurs(String name) {
        return name.length() < 2
                || PLAIN.matcher(name).matches()
                || CALL.matcher(name).matches()
                || Edition.parse(name).isPresent()
                || Stream.of(CloudService.values())
                        .flatMap(s -> Stream.of(s.name(), s.label(Locale.JAPANESE), s.label(Locale.ENGLISH)))
                        .anyMatch(name::equals);
    }

    private static String asAWord(String name) {
        String before = isLatin(name.codePointAt(0)) ? "(?<![A-Za-z0-9])" : "";
        String after = isLatin(name.codePointBefore(name.length())) ? "(?![A-Za-z0-9])" : "";
        return before + Pattern.quote(name) + after;
    }

    private static boolean isLatin(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    // ---- what stands in place of names

    /** The hash of a name, whole. */
    String name(String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(salt);
            byte[] hash = mac.doFinal(name.strip().getBytes(StandardCharsets.UTF_8));
            return "name-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A sentence with the names in it hashed; what is hashed already stays. */
    String text(String sentence) {
        String all = Stream.concat(
                        names.entrySet().stream()
                                .filter(n -> sentence.contains(n.getKey()))
                                .map(Map.Entry::getValue),
                        Stream.of(MAIL.pattern()))
                .collect(Collectors.joining("|", HASHED.pattern() + "|", ""));
        return Pattern.compile(all)
                .matcher(sentence)
                .replaceAll(m ->
                        Matcher.quoteReplacement(HASHED.matcher(m.group()).matches() ? m.group() : name(m.group())));
    }

    private Bilingual text(Bilingual sentence) {
        return new Bilingual(text(sentence.ja()), text(sentence.en()));
    }

    /** The view, before anything in it is cut: what was quoted is still whole. */
    ActivationView view(ActivationView view) {
        return new ActivationView(
                view.id(),
                view.customer(),
                view.company(),
                view.reference(),
                view.labels(),
                view.removal(),
                view.edition(),
                view.begunAt(),
                view.changedAt(),
                view.ended(),
                view.steps().stream().map(this::step).toList(),
                view.services().stream().map(this::service).toList(),
                view.openActions(),
                view.openItems().stream()
                        .map(i -> new OpenItem(i.rule(), i.service(), i.kind(), text(i.text())))
                        .toList(),
                view.wakeAt(),
                view.calls());
    }

    private ServiceView service(ServiceView service) {
        String console = service.consoleText();
        return new ServiceView(
                service.service(),
                service.status(),
                service.waiting(),
                service.failure(),
                service.explanation(),
                text(service.detail()),
                service.linkAttempts(),
                service.linkRound(),
                service.steps().stream().map(this::step).toList(),
                console.isBlank() ? console : name(console),
                service.notProved().stream()
                        .map(n -> new NotProved(n.why(), text(n.text())))
                        .toList(),
                service.expectation());
    }

    private StepView step(StepView step) {
        return new StepView(
                step.step(),
                step.rule(),
                step.phase(),
                step.performer(),
                step.required(),
                step.title(),
                step.evidence(),
                text(step.seen()),
                text(step.source()),
                text(step.expected()),
                text(step.limitation()),
                step.skip(),
                step.contradiction().map(c -> new Contradiction(text(c.said()), name(c.by()), c.at())));
    }

    /** One entry of the journal. */
    JsonNode journal(JsonNode entry) {
        return journal(entry, value -> {});
    }

    private JsonNode journal(JsonNode entry, Consumer<String> hashed) {
        return mapped("", entry, JsonNodeFactory.instance.objectNode(), (key, value, parent) -> {
            if (isCode(key, value) || isPlain(key, value) || isCall(key, parent)) {
                return value;
            }
            hashed.accept(value);
            return name(value);
        });
    }

    /** The report as JSON. */
    JsonNode report(JsonNode document) {
        return mapped("", document, JsonNodeFactory.instance.objectNode(), (key, value, parent) -> {
            if (isCode(key, value) || isPlain(key, value)) {
                return value;
            }
            return NAMES.contains(key) && !HASHED.matcher(value).matches() ? name(value) : text(value);
        });
    }

    private static boolean isCode(String key, String value) {
        return CODES.contains(key) && CODE.matcher(value).matches();
    }

    /** Where a name stands, a number is one; but who did something may be a duration, or one of two hands. */
    private static boolean isPlain(String key, String value) {
        boolean isName = NAMES.contains(key) || key.startsWith("tenant");
        return key.equals("by")
                ? HAND.matcher(value).matches()
                : !isName && PLAIN.matcher(value).matches();
    }

    /** The calls of an API, as they stand in its documentation. */
    private static boolean isCall(String key, ObjectNode parent) {
        String kind = parent.path("kind").asText();
        return key.equals("name") && (kind.equals("API") || kind.equals("STEPS"));
    }

    private interface Value {
        String of(String key, String value, ObjectNode parent);
    }

    /** What stands under labels of its own (the values to copy) keeps the name of the whole. */
    private static JsonNode mapped(String key, JsonNode node, ObjectNode parent, Value value) {
        if (node instanceof ObjectNode object) {
            ObjectNode out = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(e -> out.set(
                            e.getKey(), mapped(key.equals("values") ? key : e.getKey(), e.getValue(), object, value)));
            return out;
        } else if (node instanceof ArrayNode array) {
            ArrayNode out = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> out.add(mapped(key, item, parent, value)));
            return out;
        }
        return node.isTextual() && !node.asText().isEmpty()
                ? JsonNodeFactory.instance.textNode(value.of(key, node.asText(), parent))
                : node;
    }

    // ---- which names there are

    private static void collect(ActivationView view, Set<String> names) {
        Stream.concat(view.steps().stream(), view.services().stream().flatMap(s -> s.steps().stream()))
                .forEach(step -> collect(step, names));
        for (ServiceView service : view.services()) {
            pieces(service.consoleText(), names);
            service.notProved().forEach(n -> pieces(n.why().line(), names));
        }
        view.labels().forEach(names::add);
        for (OperatorAction action : view.openActions()) {
            action.values(Locale.JAPANESE).values().forEach(value -> pieces(value, names));
            action.link().ifPresent(link -> host(link.toString(), names));
            action.handedBack().ifPresent(back -> {
                pieces(back.by(), names);
                pieces(back.text(), names);
                back.screenshots().forEach(picture -> pieces(picture, names));
            });
        }
    }

    private static void collect(StepView step, Set<String> names) {
        collect(step.evidence().seen(), names);
        step.contradiction().ifPresent(c -> pieces(c.by(), names));
        switch (step.evidence().source().kind()) {
            case CONSOLE, PERSON, MACHINE -> pieces(step.evidence().source().name(), names);
            case API, STEPS, NOBODY -> {}
        }
    }

    private static void collect(Statement seen, Set<String> names) {
        seen.arguments().forEach(a -> pieces(a, names));
        pieces(seen.quote(), names);
        seen.besides().forEach(more -> collect(more, names));
    }

    /** The value itself, and of several lines each that is long enough; the addresses in it, and whose they are. */
    private static void pieces(String value, Set<String> names) {
        List<String> lines = value.lines().map(String::strip).toList();
        names.add(value.strip());
        lines.stream().filter(l -> l.length() >= SHORTEST_LINE).forEach(names::add);
        MAIL.matcher(value).results().map(MatchResult::group).forEach(mail -> {
            names.add(mail);
            names.add(mail.substring(mail.indexOf('@') + 1));
        });
        for (String line : lines) {
            host(line, names);
            int organisation = line.lastIndexOf(" - ");
            if (organisation > 0) {
                names.add(line.substring(organisation + 3).strip());
            }
            int file = Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\'));
            if (file >= 0 && !line.contains(" ")) {
                names.add(line.substring(file + 1));
            }
        }
    }

    /** A customer's own host: every tenant of SharePoint has one. */
    private static void host(String address, Set<String> names) {
        Matcher tenant = TENANT.matcher(address);
        while (tenant.find()) {
            names.add(tenant.group());
            names.add(tenant.group(1));
            names.add(tenant.group(2));
        }
    }
}
