package io.github.kaitsu.provision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.StepId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run has learnt so far, by name: what looks found (a module's own names, such as {@code box.temp-folder-id}), and what
 * the core notes under the names of this class. Immutable.
 */
public final class Facts {
    private static final Facts NONE = new Facts(Map.of());
    private static final String LISTED = "console.listed";
    private static final String UNFINISHED = "console.unfinished.";

    private final Map<String, String> values;

    private Facts(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** These, by name; copied. */
    @JsonCreator
    public static Facts of(Map<String, String> values) {
        return values.isEmpty() ? NONE : new Facts(values);
    }

    /** Nothing is known. */
    public static Facts none() {
        return NONE;
    }

    // ---- the core's names

    /** The tenant at a provider: Box enterprise, Dropbox team, Google customer, Entra tenant. */
    public static String tenantOf(CloudService.Provider provider) {
        return "tenant." + provider;
    }

    /** How many users a provider has. */
    public static String usersOf(CloudService.Provider provider) {
        return "users." + provider;
    }

    /** The アプリID that the console shows for a service; an empty value where it surely shows none. */
    public static String appIdOf(CloudService service) {
        return "console.app-id." + service;
    }

    /**
     * That the window of a service's grant still shows アプリID with 完了, or does not (M365-4): what the core notes once a reading or
     * a person has told.
     */
    public static Map<String, String> unfinished(CloudService service, boolean isSo) {
        return Map.of(UNFINISHED + service, isSo ? "yes" : "no");
    }

    /** What was answered to a step's question. */
    public static String answerTo(StepId step) {
        return "answer." + step;
    }

    /** Why a step was skipped. */
    public static String skipOf(StepId step) {
        return "skipped." + step;
    }

    /** The services that the newest reading of the console lists. */
    public static Map<String, String> listing(Set<CloudService> services) {
        return Map.of(LISTED, services.stream().map(Enum::name).sorted().collect(Collectors.joining(",")));
    }

    // ---- reading

    /** What is known under a name. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The tenant at a provider, once a look has found it. */
    public Optional<String> tenant(CloudService.Provider provider) {
        return get(tenantOf(provider));
    }

    /** What was answered to a step's question. */
    public Optional<String> answer(StepId step) {
        return get(answerTo(step));
    }

    /** Why a step was left out, if it was. */
    public Optional<SkipReason> skipped(StepId step) {
        return get(skipOf(step)).map(SkipReason::valueOf);
    }

    /** How many users this provider has, if anything told. */
    public Optional<Long> users(CloudService.Provider provider) {
        return get(usersOf(provider)).map(Long::valueOf);
    }

    /** The greatest number of users that any provider told. */
    public Optional<Long> mostUsers() {
        return Arrays.stream(CloudService.Provider.values())
                .flatMap(p -> users(p).stream())
                .max(Long::compare);
    }

    /** The services listed in the console; empty where nobody has read them yet. */
    public Optional<Set<CloudService>> listed() {
        return get(LISTED)
                .map(names -> Arrays.stream(names.split(","))
                        .filter(n -> !n.isEmpty())
                        .map(CloudService::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(CloudService.class))));
    }

    /** The app id that the console shows; an empty text where it surely shows none, nothing where nobody knows. */
    public Optional<String> appId(CloudService service) {
        return get(appIdOf(service));
    }

    /** Whether the window of the grant still shows アプリID with 完了; nothing where nobody knows. */
    public Optional<Boolean> isUnfinished(CloudService service) {
        return get(UNFINISHED + service).map("yes"::equals);
    }

    /** What stays true beyond the run: of tenants, apps and folders, not of what was answered or shown then. */
    public Facts lasting() {
        Map<String, String> kept = new HashMap<>(values);
        kept.keySet()
                .removeIf(name -> name.startsWith("answer.")
                        || name.startsWith("skipped.")
                        || name.startsWith(UNFINISHED)
                        || name.equals(LISTED));
        return of(kept);
    }

    /** These and others; the others win. */
    public Facts with(Map<String, String> others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(values);
        all.putAll(others);
        return of(all);
    }

    /** These, and no longer what is known of how a service's grant ended: another grant has another app id and another end. */
    public Facts withoutGrant(CloudService service) {
        Map<String, String> kept = new HashMap<>(values);
        kept.keySet().removeAll(Set.of(appIdOf(service), UNFINISHED + service));
        return of(kept);
    }

    /** All of them, by name; unmodifiable. */
    @JsonValue
    public Map<String, String> asMap() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Facts facts && facts.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return new TreeMap<>(values).toString();
    }
}
