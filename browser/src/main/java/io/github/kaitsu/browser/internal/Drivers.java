package io.github.kaitsu.browser.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.operator.OperatorAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the browser knows to do, by step and text key; everything else is a person's. Immutable. */
public final class Drivers {
    private static final List<String> GRANTS = List.of(
            "grant",
            "grant-policies",
            "grant-2024-07",
            "grant-2024-07-policies",
            "gmail-grant",
            "gmail-grant-2024-07",
            "google-drive-grant",
            "google-drive-grant-2024-07",
            "teams-grant",
            "teams-grant-policies",
            "teams-grant-2024-07",
            "teams-grant-2024-07-policies",
            "mip-first-time");

    private final Map<String, Function<Job, Reply>> drivers = new HashMap<>();

    public Drivers() {
        // Whoever can sign in has a password: for setting one the opening mail is needed, which is the person's.
        put("console.password", "password", Drivers::signIn);
        put("console.sign-in", "sign-in", Drivers::signIn);
        put("console.sign-in-again", "sign-in-again", Drivers::signIn);
        put("console.edition", "edition", job -> new ConsoleLists(job).edition());
        for (String key : List.of("read", "read-again")) {
            put("console.read", key, job -> new ConsoleLists(job).read());
        }
        for (CloudService service : CloudService.values()) {
            String id = service.id();
            GRANTS.forEach(key -> put(id + ".grant", key, job -> new Wizard(job).grant(service)));
            put(id + ".finish", "finish", job -> new Wizard(job).finish(service));
            put(id + ".remove", "remove", job -> new Wizard(job).remove(service));
        }
        for (CloudService service : List.of(CloudService.GMAIL, CloudService.GOOGLE_DRIVE)) {
            String step = service.id() + ".marketplace";
            put(step, "gmail-marketplace", job -> new Marketplace(job).install());
            put(step, service.id() + "-marketplace-2024-07", job -> new Marketplace(job).install());
            put(service.id() + ".folders", "ask-folders", job -> folders(job, CloudService.Provider.GOOGLE));
        }
        put("dropbox.folders", "ask-folders", job -> folders(job, CloudService.Provider.DROPBOX));
        put("dropbox.app-linked", "ask-app-linked", Drivers::appLinked);
        put("box.added-by-default", "added-by-default", job -> new BoxSettings(job).set("box.addedByDefault", true));
        put("box.release-app", "release-app", job -> new BoxSettings(job).set("box.available", false));
        put("box.mute-folder", "mute-folder", job -> new BoxSettings(job).mute());
        put("box.mute-folder", "mute-folder-by-path", job -> new BoxSettings(job).muteByPath());
        String teams = CloudService.MICROSOFT_TEAMS.id();
        for (String key : List.of("", "-look-up")) {
            put(teams + ".sharepoint-permission", "sharepoint-permission" + key, job -> new AppInv(job).permit());
            put(teams + ".permission-listed", "ask-permission-listed" + key, job -> new AppInv(job).isListed());
        }
    }

    /** Empty for what the browser does not know, or could not begin. */
    public Optional<Function<Job, Reply>> of(OperatorAction action) {
        boolean needsLink = !action.step().value().startsWith("console.")
                && !List.of("grant", "finish", "remove")
                        .contains(action.step().value().replaceFirst("^.*\\.", ""));
        if (needsLink && action.link().isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                drivers.get(name(action.step().value(), action.template().key())));
    }

    private void put(String step, String key, Function<Job, Reply> driver) {
        drivers.put(name(step, key), driver);
    }

    private static String name(String step, String key) {
        return step + " / " + key;
    }

    private static Reply signIn(Job job) {
        new ConsoleDoor(job).open();
        return job.doneAndRead();
    }

    private static Reply folders(Job job, CloudService.Provider provider) {
        List<List<String>> both =
                job.action.template().arguments().stream().map(List::of).toList();
        return new Reading(job).all(provider, both);
    }

    private static Reply appLinked(Job job) {
        return new Reading(job)
                .all(
                        CloudService.Provider.DROPBOX,
                        List.of(List.of(
                                job.words.of("dropbox.appName").get(0),
                                job.words.of("dropbox.appNameToday").get(0))));
    }
}
