package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.browser.PersonTask;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.PageLabels;
import io.github.kaitsu.operator.BlockReason;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * SharePoint's page AppInv.aspx (M365-4 to M365-10): filled up to 信頼する, which is the person's. Its fields are found by the end of
 * their ids, since its labels differ by language.
 */
final class AppInv {
    private static final String APP_ID = "_TxtAppId";
    private static final String LOOK_UP = "_BtnLookup";
    private static final String TITLE = "_TxtTitle";
    private static final String DOMAIN = "_TxtRealm";
    private static final String REDIRECT = "_TxtRedirectUrl";
    private static final String XML = "_TxtPerm";
    private static final String CREATE = "_BtnCreate";
    private static final String TRUST = "BtnAllow";
    private static final String LIST = "TA_AllAppPrincipals.aspx";

    private final ActionRun job;
    private final Map<String, String> values;

    AppInv(ActionRun job) {
        this.job = job;
        this.values = job.action.template().values();
    }

    Reply permit() {
        URI link = job.action.link().orElseThrow();
        Optional<String> appId = appId();
        if (appId.isEmpty()) {
            return job.blocked(BlockReason.NOT_ASKED_FOR, "");
        }
        Guard sharePoint = Guard.at(String.valueOf(link.getHost()), a -> job.places.isSharePoint(link, a))
                .unlessOther(job.administrator(CloudService.Provider.MICROSOFT365));
        Window window = job.tabs.tab();
        try {
            if (isListed(window, sharePoint, link.resolve(LIST), appId.get())) {
                return job.done();
            }
            job.open(window, link);
            return fill(window, sharePoint, appId.get());
        } finally {
            if (!window.isClosed()) {
                window.page.close();
            }
        }
    }

    private Reply fill(Window window, Guard guard, String appId) {
        window.await(() -> byId(window, APP_ID).count() > 0);
        job.change(window, guard, job.shown("sharepoint.lookUp"), () -> {
            only(window, APP_ID).fill(appId);
            window.click(only(window, LOOK_UP), () -> false);
        });
        window.await(() ->
                !only(window, TITLE).inputValue().isBlank() || !error(window).isEmpty());
        String title = only(window, TITLE).inputValue();
        if (title.isBlank()) {
            return refused(window, "sharepoint.lookUp");
        }
        boolean ours = job.words.of("microsoft.appName").stream()
                .anyMatch(n -> PageLabels.key(n).equals(PageLabels.key(title)));
        if (!ours) { // M365-6
            throw new Unexpected(
                    Unexpected.Reason.OTHER_SERVICE,
                    job.words.of("microsoft.appName").get(0));
        }
        job.change(window, guard, job.shown("sharepoint.create"), () -> {
            only(window, DOMAIN).fill(values.getOrDefault("sharepoint.appDomain", ""));
            only(window, REDIRECT).fill(redirect());
            only(window, XML).fill(values.getOrDefault("sharepoint.permissionXml", ""));
            window.click(only(window, CREATE), () -> false);
        });
        window.await(() -> byId(window, TRUST).count() > 0 || !error(window).isEmpty());
        if (byId(window, TRUST).count() != 1) {
            return refused(window, "sharepoint.create");
        }
        guard.check(window);
        job.invite(
                window,
                PersonTask.Kind.BINDING_BUTTON,
                Window.labelOf(only(window, TRUST)),
                () -> byId(window, TRUST).count() == 0);
        return job.done(); // whether it is listed is looked for next
    }

    /** Only what the page says is its refusal (M365-4); a page that says nothing is for a person. */
    private Reply refused(Window window, String key) {
        String error = error(window);
        if (error.isEmpty()) {
            throw new Unexpected(Unexpected.Reason.NOT_DONE, job.shown(key));
        }
        return job.blocked(BlockReason.PAGE_REFUSES, error);
    }

    /** As given, else the console's own address (M365-7). */
    private String redirect() {
        return Optional.ofNullable(values.get("sharepoint.redirectUrl"))
                .or(() -> job.action.customer().site().origin().map(o -> o + "/provision.html"))
                .orElseThrow(() -> new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("sharepoint.redirectUrl")));
    }

    /** Only the ID that the console shows in the row of Teams, and in no other row (M365-6). */
    private Optional<String> appId() {
        Window console = new ConsoleLists(job).accounts();
        List<ConsoleReading.ServiceAccountRow> rows =
                ConsoleReading.parse(console.text()).serviceAccounts().orElse(List.of());
        Optional<String> shown = rows.stream()
                .filter(r -> r.service() == CloudService.MICROSOFT_TEAMS)
                .flatMap(r -> r.appId().stream())
                .findFirst();
        Optional<String> given = Optional.ofNullable(values.get("sharepoint.appId"));
        boolean another = shown.isPresent()
                && ((given.isPresent() && !given.get().equalsIgnoreCase(shown.get()))
                        || rows.stream()
                                .filter(r -> r.service() != CloudService.MICROSOFT_TEAMS)
                                .anyMatch(r -> r.appId().equals(shown)));
        if (another) {
            throw new Unexpected(Unexpected.Reason.OTHER_SERVICE, shown.get());
        }
        return shown.or(() -> given);
    }

    // ---- M365-10

    /** Only a yes is read here: what is not listed yet may only be late, and that is for a person to judge. */
    Reply isListed() {
        URI link = job.action.link().orElseThrow();
        String appId = Optional.ofNullable(values.get("sharepoint.appId"))
                .or(this::appId)
                .orElseThrow(() -> new Unexpected(Unexpected.Reason.NOT_SHOWN, job.shown("sharepoint.appId")));
        Window window = job.tabs.tab();
        try {
            Guard guard = Guard.at(String.valueOf(link.getHost()), a -> job.places.isSharePoint(link, a));
            if (isListed(window, guard, link, appId)) {
                return job.read("yes");
            }
            throw new Unexpected(Unexpected.Reason.NOT_SHOWN, appId);
        } finally {
            if (!window.isClosed()) {
                window.page.close();
            }
        }
    }

    private boolean isListed(Window window, Guard guard, URI list, String appId) {
        job.open(window, list);
        new Consent(job, CloudService.Provider.MICROSOFT365)
                .signedInOr(window, guard, () -> job.places.isSharePoint(list, window.authority()));
        guard.check(window);
        return window.text().toLowerCase(Locale.ROOT).contains("|" + appId.toLowerCase(Locale.ROOT) + "@");
    }

    private static Locator byId(Window window, String suffix) {
        return window.page.locator("[id$='" + suffix + "']");
    }

    private static Locator only(Window window, String suffix) {
        return Window.only(byId(window, suffix).all(), suffix);
    }

    private static String error(Window window) {
        return String.join(" ", window.page.locator(".ms-error").allInnerTexts())
                .strip();
    }
}
