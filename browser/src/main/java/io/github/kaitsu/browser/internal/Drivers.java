package io.github.kaitsu.browser.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.operator.ActionTemplate.Kind;
import io.github.kaitsu.operator.OperatorAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the browser knows to do, by step and kind of work, and the variants of it that it knows; everything else is a person's.
 * Immutable.
 */
public final class Drivers {
    private final Map<String, Driver> drivers = new HashMap<>();

    private record Driver(Predicate<OperatorAction> knows, Function<ActionRun, Reply> work) {}

    public Drivers() {
        // Whoever can sign in has a password: for setting one the opening mail is needed, which is the person's.
        for (String step : List.of("console.password", "console.sign-in", "console.sign-in-again")) {
            put(step, Kind.DO, Drivers::signIn);
        }
        put("console.edition", Kind.READ, job -> new ConsoleLists(job).edition());
        put("console.read", Kind.READ, job -> new ConsoleLists(job).read());
        for (CloudService service : CloudService.values()) {
            String id = service.id();
            put(id + ".grant", Kind.DO, job -> new WizardDriver(job).grant(service), id, "policies", "first-time");
            put(id + ".finish", Kind.DO, job -> new WizardDriver(job).finish(service));
            put(id + ".remove", Kind.DO, job -> new WizardDriver(job).remove(service));
        }
        for (CloudService service : List.of(CloudService.GMAIL, CloudService.GOOGLE_DRIVE)) {
            String step = service.id() + ".marketplace";
            // The console of the manuals leads to the app from Gmail alone.
            Predicate<OperatorAction> fromConsole =
                    a -> service == CloudService.GMAIL || a.edition() == Edition.CONSOLE_2024_07;
            drivers.put(name(step, Kind.DO), new Driver(fromConsole, job -> new Marketplace(job).install()));
            put(service.id() + ".folders", Kind.READ, job -> folders(job, CloudService.Provider.GOOGLE));
        }
        put("dropbox.folders", Kind.READ, job -> folders(job, CloudService.Provider.DROPBOX));
        put("dropbox.app-linked", Kind.READ, Drivers::appLinked);
        put("box.added-by-default", Kind.DO, job -> new BoxSettings(job).set("box.addedByDefault", true));
        put("box.release-app", Kind.DO, job -> new BoxSettings(job).set("box.available", false));
        put("box.mute-folder", Kind.DO, Drivers::mute, "by-path");
        String teams = CloudService.MICROSOFT_TEAMS.id();
        put(teams + ".sharepoint-permission", Kind.DO, job -> new AppInv(job).permit(), "look-up");
        put(teams + ".permission-listed", Kind.READ, job -> new AppInv(job).isListed(), "look-up");
    }

    /** Empty for what the browser does not know, or could not begin. */
    public Optional<Function<ActionRun, Reply>> of(OperatorAction action) {
        boolean needsLink = !action.step().value().startsWith("console.")
                && !List.of("grant", "finish", "remove")
                        .contains(action.step().value().replaceFirst("^.*\\.", ""));
        if (needsLink && action.link().isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(drivers.get(name(action.step().value(), action.kind())))
                .filter(driver -> driver.knows.test(action))
                .map(Driver::work);
    }

    private void put(String step, Kind kind, Function<ActionRun, Reply> work, String... variants) {
        Set<String> known = Set.of(variants);
        drivers.put(
                name(step, kind), new Driver(a -> known.containsAll(a.template().variants()), work));
    }

    private static String name(String step, Kind kind) {
        return step + " / " + kind;
    }

    private static Reply signIn(ActionRun job) {
        new ConsoleSignIn(job).open();
        return job.doneAndRead();
    }

    private static Reply mute(ActionRun job) {
        BoxSettings settings = new BoxSettings(job);
        return job.action.template().variants().contains("by-path") ? settings.muteByPath() : settings.mute();
    }

    private static Reply folders(ActionRun job, CloudService.Provider provider) {
        List<List<String>> both =
                job.action.template().arguments().stream().map(List::of).toList();
        return new Reading(job).all(provider, both);
    }

    private static Reply appLinked(ActionRun job) {
        return new Reading(job)
                .all(
                        CloudService.Provider.DROPBOX,
                        List.of(List.of(
                                job.words.of("dropbox.appName").get(0),
                                job.words.of("dropbox.appNameToday").get(0))));
    }
}
