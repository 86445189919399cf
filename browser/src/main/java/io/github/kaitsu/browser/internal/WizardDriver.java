package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.operator.BlockReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The console's window アクセス権付与 (COMMON-6 to COMMON-10), up to 閉じる; for Teams 完了 comes later. */
final class WizardDriver {
    private static final int REFRESHES = 5;

    private final ActionRun job;
    private final ConsoleSignIn door;
    private final ConsoleLists lists;

    WizardDriver(ActionRun job) {
        this.job = job;
        this.door = new ConsoleSignIn(job);
        this.lists = new ConsoleLists(job);
    }

    Reply grant(CloudService service) {
        if (lists.isListed(lists.accounts(), service)) {
            return job.doneAndRead();
        }
        if (lists.isJustGranted(service)) {
            return job.done();
        }
        Window window = open(service)
                .orElseThrow(() -> new Unexpected( // COMMON-6
                        Unexpected.Reason.GREYED_OUT, Vocabulary.of(service).get(0)));
        Guard guard = guard(service);
        if (service.provider() == CloudService.Provider.GOOGLE && job.action.edition() == Edition.CONSOLE_2024_07) {
            job.press(window, guard, "google.confirmInstallation");
        }
        choosePolicies(window, guard);
        Window provider = askForAccess(window, guard, service);
        Optional<String> trouble = new Consent(job, service.provider()).untilReturned(provider);
        job.at(window);
        if (trouble.isPresent()) {
            job.press(window, door.console, "console.closeWindow");
            return job.blocked(BlockReason.PAGE_ERROR, trouble.get());
        }
        return afterReturn(window, guard, service);
    }

    /** Presses 権限の付与; the provider's page comes in a window of its own, or in this one. */
    private Window askForAccess(Window window, Guard guard, CloudService service) {
        job.tabs.pendingReadAt = null;
        job.tabs.forgetOpened();
        Stream<String> keys = service == CloudService.MIP
                ? Stream.of("console.clickHere")
                : service.provider() == CloudService.Provider.GOOGLE
                        ? Stream.of("google.signIn", "console.grantPermission")
                        : Stream.of("console.grantPermission");
        List<String> labels =
                keys.flatMap(k -> job.words.of(k).stream()).distinct().toList();
        job.at(window);
        Locator button = window.one(window.all(), labels, labels.get(0));
        job.change(window, guard, labels.get(0), () -> {
            for (String name : job.action.template().policies()) {
                policy(window, name).check(); // also where the page was loaded anew meanwhile
            }
            window.click(button, job.tabs::hasOpened);
        });
        window.await(() -> job.tabs.hasOpened() || !job.places.isConsole(window.authority()));
        Optional<Window> own = job.tabs.opened();
        if (own.isEmpty() && job.places.isConsole(window.authority())) {
            throw new Unexpected(Unexpected.Reason.NOT_DONE, labels.get(0));
        }
        return own.orElse(window);
    }

    private Reply afterReturn(Window window, Guard guard, CloudService service) {
        for (int i = 0; i < REFRESHES; i++) {
            job.press(window, guard, "console.updateStatus");
            if (service == CloudService.MICROSOFT_TEAMS && job.canPress(window, "console.done")) {
                job.tabs.keepForTeams(); // COMMON-9: stays open until M365-10 is settled
                return job.done();
            }
            if (job.canPress(window, "console.close")) { // only a grant that has succeeded ends so (COMMON-9)
                job.press(window, guard, "console.close");
                return job.doneAndRead();
            }
            if (!job.canPress(window, "console.updateStatus")) {
                break;
            }
        }
        job.press(window, guard, "console.closeWindow"); // COMMON-10
        window.reload();
        return job.blocked(BlockReason.PAGE_ERROR, "");
    }

    private Guard guard(CloudService service) {
        return door.console
                .about(job.action.customer().organisation())
                .as(job.action.customer().account())
                .granting(service);
    }

    // ---- the way to the window

    /** From 追加 or from サービスのステータス; empty if the service is grey. */
    Optional<Window> open(CloudService service) {
        boolean today = job.action.edition() == Edition.CONSOLE_2024_07 && service != CloudService.MIP;
        return today ? openFromStatus(service) : openFromAdd(service);
    }

    private Optional<Window> openFromStatus(CloudService service) {
        Window window = door.walk("console.dashboard", "console.serviceStatus");
        List<String> name = Vocabulary.of(service);
        window.await(() -> window.shows(name));
        Locator row = window.row(name, name.get(0));
        if (window.pressables(row, Label.whole(job.words.of("console.grantAccess")))
                .isEmpty()) {
            return Optional.empty();
        }
        job.go(window, door.console, row, job.words.of("console.grantAccess"), job.shown("console.grantAccess"));
        return Optional.of(window);
    }

    private Optional<Window> openFromAdd(CloudService service) {
        Window window = lists.accounts();
        job.go(window, door.console, "console.add");
        String organisation = job.action.customer().organisation();
        boolean first = job.words.of("console.defaultOrganization").contains(organisation);
        if (service.isMicrosoft365() || !first) {
            job.go(window, door.console, window.all(), organisations(organisation, first), organisation);
        }
        List<String> name = Vocabulary.of(service);
        window.await(() -> window.canPress(name) || window.shows(name));
        if (!window.canPress(name) && window.shows(name)) {
            return Optional.empty();
        }
        job.go(window, door.console, window.all(), name, name.get(0));
        return Optional.of(window);
    }

    private List<String> organisations(String organisation, boolean first) {
        List<String> names = new ArrayList<>(List.of(organisation));
        if (first) {
            names.addAll(job.words.of("console.defaultOrganization"));
        }
        return names.stream().distinct().toList();
    }

    /** COMMON-7: those of the request, each by its whole name. */
    private void choosePolicies(Window window, Guard guard) {
        for (String name : job.action.template().policies()) {
            Locator box = policy(window, name);
            job.change(window, guard, name, box::check);
        }
    }

    private static Locator policy(Window window, String name) {
        Locator boxes = window.with(AriaRole.CHECKBOX, Label.whole(List.of(name)));
        window.await(() -> boxes.count() > 0);
        return Window.only(boxes.all(), name);
    }

    // ---- 完了 (COMMON-9)

    /** In the tab that was left open, or in the console's list where it offers to go on. */
    Reply finish(CloudService service) {
        Optional<Window> kept = job.tabs.teams();
        kept.ifPresent(Window::reload);
        Window window = kept.filter(w -> job.canPress(w, "console.done")).orElse(null);
        if (window == null) {
            Window accounts = lists.accounts();
            if (!job.canPress(accounts, "console.goOn")) {
                return lists.isListed(accounts, service)
                        ? job.done()
                        : job.blocked(BlockReason.NOT_FOUND, job.shown("console.done"));
            }
            job.go(accounts, door.console, "console.goOn");
            window = accounts;
        }
        job.press(window, guard(service), "console.done");
        job.tabs.teamsIsOver();
        return job.canPress(lists.accounts(), "console.goOn") ? job.done() : job.doneAndRead();
    }

    // ---- removal

    Reply remove(CloudService service) {
        Window window = lists.accounts();
        if (!lists.isListed(window, service)) {
            return job.done();
        }
        List<String> name = Vocabulary.of(service);
        Locator box = window.row(name, name.get(0)).getByRole(AriaRole.CHECKBOX);
        List<Locator> others = window.page.getByRole(AriaRole.CHECKBOX).all();
        for (Locator other : others) {
            other.uncheck();
        }
        Window.only(box.all(), name.get(0)).check();
        job.go(window, door.console, "console.remove");
        window.await(() -> job.canPress(window, "console.ok"));
        boolean onlyThis =
                Stream.of(CloudService.values()).allMatch(s -> window.shows(Vocabulary.of(s)) == (s == service));
        if (!onlyThis) {
            throw new Unexpected(Unexpected.Reason.OTHER_SERVICE, name.get(0));
        }
        job.press(window, door.console, "console.ok");
        return job.done();
    }
}
