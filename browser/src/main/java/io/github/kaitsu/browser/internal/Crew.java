package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import io.github.kaitsu.Answer;
import io.github.kaitsu.BlockReason;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.OperatorAction;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The driver and one browser per customer; starts them when needed, and again when they died. Used by one thread. */
public final class Crew implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    private final Path chrome;
    private final Profiles profiles;
    private final boolean headless;
    private final boolean keepProfiles;
    private final Settings settings;
    private final BannerTexts texts;
    private final Map<CustomerId, Tabs> browsers = new HashMap<>();
    private @Nullable Playwright driver;

    public Crew(Path chrome, Path folder, boolean headless, boolean keepProfiles, Settings settings) {
        this.chrome = chrome;
        this.profiles = new Profiles(folder);
        this.headless = headless;
        this.keepProfiles = keepProfiles;
        this.settings = settings;
        this.texts = BannerTexts.of(settings.language());
    }

    public Path record(CustomerId customer) {
        return profiles.record(customer);
    }

    /** Empty if the person wants the browser to stop. */
    public Optional<Answer> perform(OperatorAction action, Function<Job, Answer> what) {
        try {
            return Optional.of(attempt(action, what, true));
        } catch (Banner.Stopped e) {
            return Optional.empty();
        }
    }

    private Answer attempt(OperatorAction action, Function<Job, Answer> what, boolean again) {
        Tabs tabs = browser(action.customer());
        Job job = null;
        try {
            job = new Job(action, tabs, settings);
            return what.apply(job);
        } catch (Unexpected e) {
            return handBack(action, tabs, job, e);
        } catch (TimeoutError e) {
            LOG.debug("the page did not obey", e);
            return handBack(action, tabs, job, new Unexpected(Unexpected.Reason.NOT_DONE, ""));
        } catch (PlaywrightException e) {
            LOG.info("the browser failed in {}: {}", action.step(), e.getClass().getSimpleName());
            LOG.debug("the browser failed", e);
            if (!tabs.isAlive()) {
                discard(action.customer());
                if (again) {
                    return attempt(action, what, false); // every driver looks first
                }
            }
            // The page could not be reached: trying again may help, and the engine reads the console before.
            return new Answer.Blocked(settings.by(), BlockReason.PAGE_ERROR, cause(e));
        }
    }

    private static String cause(PlaywrightException e) {
        String message = String.valueOf(e.getMessage());
        int at = message.indexOf("net::ERR_");
        return at < 0 ? "" : message.substring(at).replaceFirst("(?s)^(net::[A-Z_]+).*", "$1");
    }

    private Answer handBack(OperatorAction action, Tabs tabs, @Nullable Job job, Unexpected why) {
        LOG.info("{} is handed back: {}", action.step(), why.getMessage());
        List<String> pictures = job == null
                ? List.of()
                : tabs
                        .record
                        .picture(job.shown().page)
                        .map(p -> tabs.record.folder().resolve(p).toString())
                        .stream()
                        .toList();
        return new Answer.HandedBack(settings.by(), why.text(texts), pictures);
    }

    private Tabs browser(CustomerId customer) {
        Tabs known = browsers.get(customer);
        if (known != null && known.isAlive()) {
            return known;
        }
        discard(customer);
        if (driver == null) {
            driver = Chrome.driver();
        }
        BrowserContext context =
                Chrome.start(driver, chrome, profiles.profile(customer), headless, settings.language());
        settings.person().windowOpened(context);
        ChangeRecord record = new ChangeRecord(profiles.record(customer), settings.clock());
        Tabs tabs = new Tabs(context, record, settings.language(), settings.pagePatience());
        browsers.put(customer, tabs);
        return tabs;
    }

    private void discard(CustomerId customer) {
        Tabs old = browsers.remove(customer);
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        for (Map.Entry<CustomerId, Tabs> browser : browsers.entrySet()) {
            browser.getValue().close();
            if (!keepProfiles) {
                profiles.wipe(browser.getKey());
            }
        }
        browsers.clear();
        if (driver != null) {
            driver.close();
            driver = null;
        }
    }
}
