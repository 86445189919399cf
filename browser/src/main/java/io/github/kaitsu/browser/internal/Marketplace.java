package io.github.kaitsu.browser.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.browser.PersonTask;
import io.github.kaitsu.operator.BlockReason;
import java.util.Optional;

/** Installing the app from Google's Marketplace (GOOGLE-1); the terms are the person's. */
final class Marketplace {
    private static final int STEPS = 8;

    private final ActionRun job;
    private final Guard google;

    Marketplace(ActionRun job) {
        this.job = job;
        this.google = Guard.at("Google", a -> job.places.isOf(CloudService.Provider.GOOGLE, a))
                .unlessOther(job.administrator(CloudService.Provider.GOOGLE));
    }

    Reply install() {
        CloudService where = job.action.edition() == Edition.CONSOLE_2024_07
                ? job.action.service().orElse(CloudService.GMAIL)
                : CloudService.GMAIL; // the manuals' console has the link there alone
        Optional<Window> wizard = new WizardDriver(job).open(where);
        if (wizard.isEmpty() || !wizard.get().await(() -> job.canPress(wizard.get(), "console.clickHere"))) {
            return job.blocked(BlockReason.NOT_FOUND, job.shown("console.clickHere"));
        }
        Guard console = new ConsoleSignIn(job).console;
        job.tabs.forgetOpened();
        Window list = job.tabs.tab();
        boolean installed = isInstalled(list);
        if (!installed) {
            job.go(wizard.get(), console, "console.clickHere");
            Window app = job.tabs.opened().orElse(wizard.get());
            install(app);
            installed = isInstalled(list);
            if (app.page != wizard.get().page) {
                app.page.close();
            } else {
                wizard.get().page.goBack();
            }
        }
        list.page.close();
        if (wizard.get().await(() -> job.canPress(wizard.get(), "console.closeWindow"))) {
            job.press(wizard.get(), console, "console.closeWindow");
        }
        return installed ? job.doneAndRead() : job.blocked(BlockReason.PAGE_ERROR, job.shown("google.marketplaceApps"));
    }

    /** Reads the administrator's list of apps: the name, and that its data access is granted. */
    private boolean isInstalled(Window list) {
        job.open(list, job.action.link().orElseThrow());
        new Consent(job, CloudService.Provider.GOOGLE).signedIn(list, google, "google.marketplaceApps");
        job.go(list, google, "google.marketplaceApps");
        return list.shows(job.words.of("google.appName")) && list.shows(job.words.of("google.grantedAny"));
    }

    private void install(Window app) {
        Consent consent = new Consent(job, CloudService.Provider.GOOGLE);
        for (int i = 0; i < STEPS; i++) {
            app.await(() -> app.shows(job.words.of("google.installedAny"))
                    || job.canPress(app, "google.installAny")
                    || job.canPress(app, "google.continue")
                    || job.canPress(app, "google.agreeAny")
                    || consent.isSigningIn(app));
            google.check(app);
            if (consent.isSigningIn(app)) {
                consent.signedIn(app, google, "google.installAny");
            } else if (app.shows(job.words.of("google.installedAny"))) {
                job.press(app, google, "google.doneAny");
                return;
            } else if (job.canPress(app, "google.agreeAny")) {
                job.invite(
                        app,
                        PersonTask.Kind.TERMS,
                        job.labelOn(app, "google.agreeAny"),
                        () -> !job.canPress(app, "google.agreeAny"));
            } else if (job.canPress(app, "google.installAny")) {
                job.press(app, google, "google.installAny");
            } else if (job.canPress(app, "google.continue")) {
                job.press(app, google, "google.continue");
            } else {
                throw new Unexpected(
                        Unexpected.Reason.NOT_SHOWN,
                        job.words.of("google.installAny").get(0));
            }
        }
        throw new Unexpected(
                Unexpected.Reason.NOT_DONE, job.words.of("google.installAny").get(0));
    }
}
