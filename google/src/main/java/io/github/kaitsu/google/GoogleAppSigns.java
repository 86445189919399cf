package io.github.kaitsu.google;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * By what Trend Micro's app is known in Google's logs and lists, and what the events are called: data, since Trend Micro publishes
 * neither the app's number in the Marketplace nor its OAuth client, and Google renames events.
 *
 * <p>Ids that a look has met are remembered by the run itself. Immutable and thread-safe.
 */
public final class GoogleAppSigns {
    /** What an event of a log means. */
    public enum Sign {
        /** Admin log: the app was added to the domain. */
        INSTALLED,
        /** Admin log: the app was taken away from the domain. */
        UNINSTALLED,
        /** Admin log: the app's data access was granted. */
        ACCESS_GRANTED,
        /** Admin log: the app's data access was taken back. */
        ACCESS_WITHDRAWN,
        /** Token log: a user permitted the app. */
        AUTHORIZED,
        /** Token log: a user took the permission back. */
        REVOKED,
        /** Access-evaluation log: the app acted for a user. */
        USED
    }

    private static final String CLIENT_ENDING = ".apps.googleusercontent.com";

    private final Set<String> names;
    private final Set<String> applications;
    private final Set<String> clients;
    private final Map<Sign, List<String>> events;

    private GoogleAppSigns(
            Set<String> names, Set<String> applications, Set<String> clients, Map<Sign, List<String>> events) {
        this.names = Set.copyOf(names);
        this.applications = Set.copyOf(applications);
        this.clients = Set.copyOf(clients);
        this.events = Map.copyOf(events);
    }

    /** The app's name in the Marketplace, no id, and the events as Google's reference names them. */
    public static GoogleAppSigns ofDefaults() {
        return new GoogleAppSigns(
                Set.of(normal("Trend Micro Cloud App Security")),
                Set.of(),
                Set.of(),
                Map.of(
                        Sign.INSTALLED, List.of("ADD_APPLICATION"),
                        Sign.UNINSTALLED, List.of("REMOVE_APPLICATION"),
                        Sign.ACCESS_GRANTED, List.of("AUTHORIZE_API_CLIENT_ACCESS"),
                        Sign.ACCESS_WITHDRAWN, List.of("REMOVE_API_CLIENT_ACCESS"),
                        Sign.AUTHORIZED, List.of("authorize"),
                        Sign.REVOKED, List.of("revoke"),
                        Sign.USED, List.of("allow_token_impersonation")));
    }

    /** One more name, compared whole after normalising width, case and spaces. */
    public GoogleAppSigns name(String name) {
        return new GoogleAppSigns(with(names, normal(name)), applications, clients, events);
    }

    /** One more of the app's numbers in the Marketplace. */
    public GoogleAppSigns application(String id) {
        return new GoogleAppSigns(names, with(applications, id), clients, events);
    }

    /** One more of the app's OAuth client ids or service accounts. */
    public GoogleAppSigns client(String id) {
        return new GoogleAppSigns(names, applications, with(clients, id), events);
    }

    /** One more name of an event. */
    public GoogleAppSigns event(Sign sign, String name) {
        Map<Sign, List<String>> more = new EnumMap<>(events);
        List<String> all = new ArrayList<>(events.getOrDefault(sign, List.of()));
        all.add(name);
        more.put(sign, List.copyOf(all));
        return new GoogleAppSigns(names, applications, clients, more);
    }

    /** Whether a name or an id of a log or a list is this app's. Google writes a client's id with and without its ending. */
    public boolean isApp(String nameOrId) {
        return applications.contains(nameOrId)
                || clients.contains(nameOrId)
                || clients.contains(nameOrId + CLIENT_ENDING)
                || names.contains(normal(nameOrId));
    }

    /** The app's numbers in the Marketplace, as far as they are known. */
    public Set<String> applications() {
        return applications;
    }

    /** By which names Google's logs may call it; what is not among them is not seen. */
    public List<String> events(Sign sign) {
        return events.getOrDefault(sign, List.of());
    }

    private static Set<String> with(Set<String> some, String one) {
        Set<String> more = new HashSet<>(some);
        more.add(one);
        return more;
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .strip();
    }
}
