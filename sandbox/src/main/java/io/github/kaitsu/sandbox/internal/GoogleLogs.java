package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The audit logs of the sandbox's Google Workspace: what has happened, some minutes late, newest first, for 180 days. */
final class GoogleLogs {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration KEPT = Duration.ofDays(180);
    private static final Duration LAG = Duration.ofMinutes(2);
    private static final Duration TOKEN_LAG = Duration.ofMinutes(20);
    private static final Duration HOUR = Duration.ofHours(1);

    private final World world;
    private final GoogleDirectory directory;

    GoogleLogs(World world, GoogleDirectory directory) {
        this.world = world;
        this.directory = directory;
    }

    /** One activity before it is written down. */
    private record Entry(Instant time, String type, String name, Map<String, Object> parameters) {}

    /** All that a log shows by now. */
    List<ObjectNode> activities(String application) {
        List<Entry> entries = new ArrayList<>();
        switch (application) {
            case "admin" -> admin(entries);
            case "token" -> token(entries);
            case "access_evaluation" -> use(entries);
            default ->
                throw GoogleRefusal.older(400, "invalid", "Invalid value '" + application + "' for applicationName");
        }
        Duration lag = application.equals("token") ? TOKEN_LAG : LAG;
        Instant now = world.now();
        return entries.stream()
                .filter(e -> !e.time.plus(lag).isAfter(now) && e.time.isAfter(now.minus(KEPT)))
                .sorted(Comparator.comparing(Entry::time).reversed())
                .map(e -> activity(application, e))
                .toList();
    }

    private void admin(List<Entry> into) {
        // a neighbour that looks much like ours: allowlisted only, and of another name
        into.add(new Entry(
                world.setup().start().minus(Duration.ofDays(3)),
                "DOMAIN_SETTINGS",
                "ADD_APPLICATION",
                Map.of(
                        "APP_ID",
                        "800000000001",
                        "APPLICATION_NAME",
                        "Trend Micro Cloud App Security Backup",
                        "APPLICATION_ENABLED",
                        "true")));
        for (GoogleState.Deed deed : world.google.deeds()) {
            if (deed.kind() == GoogleState.Kind.INSTALLED) {
                into.add(new Entry(deed.at(), "DOMAIN_SETTINGS", "ADD_APPLICATION", app("true")));
                into.add(new Entry(
                        deed.at().plusSeconds(1),
                        "DOMAIN_SETTINGS",
                        "AUTHORIZE_API_CLIENT_ACCESS",
                        Map.of(
                                "API_CLIENT_NAME",
                                Sites.APP_NAME,
                                "DOMAIN_NAME",
                                "example.co.jp",
                                "API_SCOPES",
                                List.of("https://mail.google.com/", "https://www.googleapis.com/auth/drive"))));
            } else if (deed.kind() == GoogleState.Kind.UNINSTALLED) {
                into.add(new Entry(deed.at(), "DOMAIN_SETTINGS", "REMOVE_APPLICATION", app("false")));
                into.add(new Entry(
                        deed.at(),
                        "DOMAIN_SETTINGS",
                        "REMOVE_API_CLIENT_ACCESS",
                        Map.of("API_CLIENT_NAME", Sites.APP_NAME, "DOMAIN_NAME", "example.co.jp")));
            }
        }
    }

    private static Map<String, Object> app(String enabled) {
        return Map.of(
                "APP_ID", GoogleDirectory.APP_ID, "APPLICATION_NAME", Sites.APP_NAME, "APPLICATION_ENABLED", enabled);
    }

    private void token(List<Entry> into) {
        for (Link link : world.links()) {
            if (link.service().provider() == CloudService.Provider.GOOGLE) {
                into.add(new Entry(link.linkedAt(), "auth", "authorize", client(link.service())));
            }
        }
        for (GoogleState.Deed deed : world.google.deeds()) {
            if (deed.kind() == GoogleState.Kind.REVOKED) {
                into.add(new Entry(deed.at(), "auth", "revoke", client(CloudService.GMAIL, CloudService.GOOGLE_DRIVE)));
            }
        }
    }

    private static Map<String, Object> client(CloudService... services) {
        List<String> scopes = new ArrayList<>(List.of(GoogleDirectory.SCOPES + "userinfo.email"));
        for (CloudService service : services) {
            scopes.add(GoogleDirectory.SCOPES + GoogleDirectory.scope(service));
        }
        return Map.of(
                "app_name",
                Sites.APP_NAME,
                "client_id",
                GoogleDirectory.CLIENT_ID,
                "client_type",
                "WEB",
                "scope",
                scopes);
    }

    /** Once an hour while a link stands and the app is installed. */
    private void use(List<Entry> into) {
        boolean linked = world.listed().stream().anyMatch(l -> l.service().provider() == CloudService.Provider.GOOGLE);
        if (linked && world.googleAppInstalled) {
            for (int hours = 1; hours <= 24; hours++) {
                into.add(new Entry(
                        world.now().minus(HOUR.multipliedBy(hours)),
                        "access_token_evaluation",
                        "allow_token_impersonation",
                        Map.of(
                                "service_account", GoogleDirectory.SERVICE_ACCOUNT,
                                "configuration_source", "GOOGLE_WORKSPACE_MARKETPLACE",
                                "client_type", "WEB",
                                "scopes_requested", "https://mail.google.com/")));
            }
        }
    }

    private ObjectNode activity(String application, Entry entry) {
        ObjectNode activity =
                JSON.objectNode().put("kind", "admin#reports#activity").put("etag", "\"" + entry.name + "\"");
        String unique = world.setup().secrets().number("google/log/" + entry.time + entry.name);
        activity.putObject("id")
                .put("time", entry.time.toString())
                .put("uniqueQualifier", "-" + unique)
                .put("applicationName", application)
                .put("customerId", directory.customer());
        activity.putObject("actor")
                .put("callerType", "USER")
                .put("email", directory.administrator())
                .put("profileId", directory.id(directory.administrator()));
        activity.put("ipAddress", "203.0.113.7");
        ObjectNode event =
                activity.putArray("events").addObject().put("type", entry.type).put("name", entry.name);
        ArrayNode parameters = event.putArray("parameters");
        entry.parameters.forEach((name, value) -> {
            ObjectNode parameter = parameters.addObject().put("name", name);
            if (value instanceof List<?> many) {
                many.forEach(v -> parameter.withArray("multiValue").add(v.toString()));
            } else {
                parameter.put("value", value.toString());
            }
        });
        return activity;
    }
}
