package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A strip below the page: what happens now, whose turn it is, and two buttons with which the person takes over or stops. It stands
 * outside the page's body in a closed tree, so that no lookup ever finds it.
 */
final class Banner {
    private static final String BINDING = "kaitsuBanner";
    private static final String SCRIPT = """
            ([text, turn, takeOver, stop]) => {
              let host = document.getElementById('kaitsu-banner');
              if (host && host.kaitsuText === text) return;
              if (host) host.remove();
              host = document.createElement('div');
              host.id = 'kaitsu-banner';
              host.kaitsuText = text;
              host.setAttribute('aria-hidden', 'true');
              host.style.cssText = 'position:fixed;left:0;right:0;bottom:0;z-index:2147483647;pointer-events:none';
              const root = host.attachShadow({mode: 'closed'});
              const bar = document.createElement('div');
              bar.style.cssText = 'display:flex;gap:12px;align-items:center;padding:8px 16px;pointer-events:none;'
                + 'font:14px/1.5 system-ui,"Noto Sans JP","IPAGothic",sans-serif;color:#fff;background:'
                + (turn ? '#b3500a' : '#23313f');
              const words = document.createElement('span');
              words.style.cssText = 'flex:1';
              words.textContent = text;
              bar.append(words);
              for (const [label, what] of [[takeOver, 'take-over'], [stop, 'stop']]) {
                const button = document.createElement('button');
                button.textContent = label;
                button.style.cssText = 'font:inherit;padding:2px 12px;pointer-events:auto;cursor:pointer';
                button.onclick = () => window.kaitsuBanner(what);
                bar.append(button);
              }
              root.append(bar);
              document.documentElement.append(host);
            }
            """;

    private final BannerTexts texts;
    private final AtomicReference<String> pressed = new AtomicReference<>("");

    Banner(BrowserContext context, Locale language) {
        this.texts = BannerTexts.of(language);
        context.exposeBinding(BINDING, (source, arguments) -> {
            pressed.set(arguments.length == 0 ? "" : String.valueOf(arguments[0]));
            return null;
        });
    }

    void machine(Page page, String title) {
        show(page, texts.get("banner.machine", title), false);
    }

    void person(Page page, String task) {
        show(page, texts.get("banner.person", task), true);
    }

    private void show(Page page, String text, boolean turn) {
        try {
            page.evaluate(SCRIPT, new Object[] {text, turn, texts.get("banner.take-over"), texts.get("banner.stop")});
        } catch (PlaywrightException e) {
            if (page.isClosed()) {
                return;
            } // a page in between: shown on the next one
        }
    }

    /** @throws Unexpected if the person takes over, @throws Stopped if they want to stop */
    void heed() {
        String what = pressed.getAndSet("");
        if (what.equals("stop")) {
            throw new Stopped();
        }
        if (what.equals("take-over")) {
            throw new Unexpected(Unexpected.Reason.TAKEN_OVER, texts.get("banner.take-over"));
        }
    }

    /** The person wants the browser to do no more. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
