package io.github.kaitsu.google.internal;

import com.google.api.client.util.Data;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the customer's policies say about installing an app and giving it access. A policy that is not there means Google's
 * default: everything allowed. Where organisational units differ, the strictest counts, for the app is meant for everybody.
 *
 * <p>Levels are data of Google's, not a closed list: what is neither open nor known is taken as strict and shown.
 */
final class PolicyBook {
    /** Whether the Marketplace lets the app in. */
    enum Marketplace {
        OPEN,
        LISTED,
        NOT_LISTED,
        /** Only listed apps, and which of them is ours is not known. */
        UNKNOWN_LISTED,
        CLOSED
    }

    private static final String ACCESS_OPTIONS = "workspace_marketplace.apps_access_options";
    private static final String ALLOWLIST = "workspace_marketplace.apps_allowlist";
    private static final String UNCONFIGURED = "api_controls.unconfigured_third_party_apps";
    private static final String GOOGLE_SERVICES = "api_controls.google_services";
    private static final List<String> SERVICES = List.of("GMAIL", "DRIVE");

    /**
     * One policy.
     *
     * @param byAdmin an administrator's setting beats the system's
     * @param target whom it is for
     * @param order of two for the same the higher one wins
     * @param value its keys come in snake and in camel case
     */
    record Policy(boolean byAdmin, String target, double order, String type, Map<?, ?> value) {
        /** Nothing if it does not tell what it sets, for whom, or how: it may be stricter than all others. */
        static Optional<Policy> of(GoogleJson policy) {
            GoogleJson query = policy.object("policyQuery");
            GoogleJson setting = policy.object("setting");
            Policy read = new Policy(
                    policy.text("type").equals("ADMIN"),
                    query.text("orgUnit") + "/" + query.text("group"),
                    query.number("sortOrder"),
                    setting.text("type").replaceFirst("^settings/", ""),
                    setting.object("value").fields());
            boolean told = !policy.text("type").isEmpty() && policy.has("policyQuery") && !read.type.isEmpty();
            return Optional.of(read).filter(p -> told && p.isWhole());
        }

        private boolean isWhole() {
            return switch (type) {
                case ACCESS_OPTIONS, UNCONFIGURED ->
                    !PolicyBook.text(value, "access_level").isEmpty();
                case ALLOWLIST -> isWhole("apps", "application_id", "access");
                case GOOGLE_SERVICES -> isWhole("services", "scopes_group", "is_enabled");
                default -> true;
            };
        }

        private boolean isWhole(String list, String... fields) {
            Object all = value.get(list);
            boolean none = all == null || Data.isNull(all);
            return none
                    || (all instanceof List<?> some
                            && maps(some).size() == some.size()
                            && maps(some).stream()
                                    .allMatch(one -> Stream.of(fields)
                                            .noneMatch(field ->
                                                    PolicyBook.text(one, field).isEmpty())));
        }
    }

    /** By setting, then by whom it is for: of several for the same the strongest. */
    private final Map<String, Map<String, Policy>> settings = new HashMap<>();

    void add(Policy policy) {
        settings.computeIfAbsent(policy.type(), k -> new HashMap<>())
                .merge(policy.target(), policy, BinaryOperator.maxBy(strength()));
    }

    private static Comparator<Policy> strength() {
        return Comparator.comparing(Policy::byAdmin).thenComparing(Policy::order);
    }

    /** @param ours the app's ids in the Marketplace, as far as they are known */
    Marketplace marketplace(Set<String> ours) {
        Marketplace strictest = Marketplace.OPEN;
        for (String level : levels(ACCESS_OPTIONS)) {
            Marketplace here = switch (level) {
                case "ALLOW_ALL" -> Marketplace.OPEN;
                case "ALLOW_LISTED_APPS" -> listed(ours);
                default -> Marketplace.CLOSED;
            };
            strictest = here.compareTo(strictest) > 0 ? here : strictest;
        }
        return strictest;
    }

    private Marketplace listed(Set<String> ours) {
        boolean anyListed = false;
        boolean oursListed = false;
        for (Map<?, ?> value : values(ALLOWLIST)) {
            for (Map<?, ?> app : maps(value.get("apps"))) {
                boolean allowed = "ALLOWED".equals(text(app, "access"));
                boolean isOurs = ours.contains(text(app, "application_id"));
                if (isOurs && !allowed) {
                    return Marketplace.NOT_LISTED; // blocked by name somewhere
                }
                anyListed |= allowed;
                oursListed |= isOurs;
            }
        }
        if (oursListed) {
            return Marketplace.LISTED;
        }
        return ours.isEmpty() && anyListed ? Marketplace.UNKNOWN_LISTED : Marketplace.NOT_LISTED;
    }

    /** Whether an app without a setting of its own may not have all it asks for. */
    boolean restrictsApis() {
        return levels(UNCONFIGURED).stream().anyMatch(l -> !l.startsWith("ALLOW_ALL"))
                || !restrictedServices().isEmpty();
    }

    /** Google's words for those services of ours that are closed to apps which are not trusted, each once. */
    List<String> restrictedServices() {
        return inOrder(values(GOOGLE_SERVICES).stream()
                .flatMap(value -> maps(value.get("services")).stream())
                .filter(s -> "false".equals(text(s, "is_enabled")))
                .map(s -> text(s, "scopes_group"))
                .filter(group -> SERVICES.stream().anyMatch(group.toUpperCase(Locale.ROOT)::contains)));
    }

    /** Google's words for whom the Marketplace lets in, each once; none where nobody has set it. */
    List<String> marketplaceLevels() {
        return inOrder(levels(ACCESS_OPTIONS).stream());
    }

    /** Google's words for what apps without a setting of their own may have, each once; none where nobody has set it. */
    List<String> apiLevels() {
        return inOrder(levels(UNCONFIGURED).stream());
    }

    private static List<String> inOrder(Stream<String> words) {
        return words.distinct().sorted().toList();
    }

    private List<String> levels(String type) {
        return values(type).stream()
                .map(v -> text(v, "access_level"))
                .filter(l -> !l.isEmpty() && !l.endsWith("_UNSPECIFIED"))
                .toList();
    }

    private List<? extends Map<?, ?>> values(String type) {
        return settings.getOrDefault(type, Map.of()).values().stream()
                .map(Policy::value)
                .toList();
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof Iterable<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }

    /** A field by its name in snake case; Google writes both that and camel case. */
    private static String text(Map<?, ?> map, String snake) {
        @Nullable Object value = map.containsKey(snake) ? map.get(snake) : map.get(camel(snake));
        return value instanceof String || (value instanceof Boolean && !Data.isNull(value)) ? value.toString() : "";
    }

    private static String camel(String snake) {
        StringBuilder out = new StringBuilder();
        for (String word : snake.split("_", -1)) {
            out.append(out.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return out.toString();
    }
}
