package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.operator.OperatorAction;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The driver and one browser per customer; starts them when needed, and again when they died. Used by one thread. */
public final class BrowserPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrowserPool.class);

    /** How often an action is begun before its trouble is told. */
    private static final int TRIES = 3;

    private final Path chrome;
    private final Profiles profiles;
    private final boolean headless;
    private final boolean keepProfiles;
    private final Settings settings;
    private final BannerTexts texts;
    private final Map<CustomerId, Tabs> browsers = new HashMap<>();
    private @Nullable Playwright driver;

    public BrowserPool(Path chrome, Path folder, boolean headless, boolean keepProfiles, Settings settings) {
        this.chrome = chrome;
        this.profiles = new Profiles(folder);
        this.headless = headless;
        this.keepProfiles = keepProfiles;
        this.settings = settings;
        this.texts = BannerTexts.of(settings.language());
    }

    /** What came of an action. */
    public sealed interface Outcome {
        record Answered(Reply reply) implements Outcome {}

        /** The person may do their part at any time, and is looked out for again later. */
        record Awaited() implements Outcome {}

        /** The person wants the browser to do no more. */
        record Stopped() implements Outcome {}
    }

    /**
     * Performs one action, from the beginning again where browser or network failed: every driver looks first.
     *
     * @param waits whether it waits for the person as long as their patience lasts
     */
    public Outcome perform(OperatorAction action, Function<ActionRun, Reply> what, boolean waits) {
        for (int tries = 1; ; tries++) {
            Tabs tabs = browser(action.customer());
            ActionRun job = null;
            try {
                job = new ActionRun(action, tabs, settings, waits);
                return new Outcome.Answered(what.apply(job));
            } catch (Banner.Stopped e) {
                return new Outcome.Stopped();
            } catch (ActionRun.StillAwaited e) {
                return new Outcome.Awaited();
            } catch (ConsoleSignIn.SignedOut e) {
                return answered(Answer.blocked(settings.by(), BlockReason.EXPIRED));
            } catch (Unexpected e) {
                return answered(handBack(action, tabs, job, e));
            } catch (TimeoutError e) {
                LOG.debug("the page did not obey", e);
                return answered(handBack(
                        action, tabs, job, new Unexpected(Unexpected.Reason.NOT_DONE, action.title(language()))));
            } catch (Window.CutOff | PlaywrightException e) {
                LOG.info(
                        "browser or network failed in {}: {}",
                        action.step(),
                        e.getClass().getSimpleName());
                LOG.debug("browser or network failed", e);
                beginAgain(action.customer(), tabs);
                if (tries == TRIES) { // trying later may help, and the engine reads the console before
                    return answered(new Answer.Blocked(settings.by(), BlockReason.PAGE_ERROR, cause(e)));
                }
            }
        }
    }

    private static Outcome answered(Answer trouble) {
        return new Outcome.Answered(new Reply(trouble, true));
    }

    /** For what the browser leaves to others once it was stopped. */
    public Answer stopped() {
        return new Answer.HandedBack(settings.by(), texts.get("back.STOPPED"), List.of());
    }

    private Locale language() {
        return settings.language();
    }

    private void beginAgain(CustomerId customer, Tabs tabs) {
        if (tabs.isAlive()) {
            tabs.beginAgain();
        } else {
            discard(customer);
        }
    }

    private static String cause(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        int at = message.indexOf("net::ERR_");
        return at < 0 ? "" : message.substring(at).replaceFirst("(?s)^(net::[A-Z_]+).*", "$1");
    }

    private Answer handBack(OperatorAction action, Tabs tabs, @Nullable ActionRun job, Unexpected why) {
        LOG.info("{} is handed back: {}", action.step(), why.getMessage());
        List<String> pictures = job == null
                ? List.of()
                : tabs
                        .record
                        .handedBack(action, job.shown().page)
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
