package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A strip along the page: what happens now, whose turn it is, and two buttons with which the person takes over or stops. It stands
 * outside the page's body in a closed tree, so that no lookup ever finds it, but screen readers and the keyboard do. It lies where it
 * covers none of the page's own controls: below, else above; and a page that scrolls gets room behind its end.
 */
final class Banner {
    private static final String BINDING = "kaitsuBanner";
    private static final String SCRIPT = """
            ([text, turn, takeOver, stop, name, language]) => {
              const old = document.getElementById('kaitsu-banner');
              if (old && old.kaitsuShow) return old.kaitsuShow(text, turn);
              const make = (tag, style) => {
                const e = document.createElement(tag);
                e.style.cssText = style;
                return e;
              };
              const host = make('div', 'all:initial;position:fixed;left:0;right:0;bottom:0;z-index:2147483647;pointer-events:none');
              host.id = 'kaitsu-banner';
              host.lang = language;
              const bar = make('div', 'display:flex;gap:12px;align-items:center;padding:8px 16px;'
                + 'font:14px/1.5 system-ui,"Noto Sans JP","IPAGothic",sans-serif;color:#fff');
              bar.setAttribute('role', 'region');
              bar.setAttribute('aria-label', name);
              const words = make('span', 'flex:1');
              words.setAttribute('role', 'status');
              bar.append(words);
              for (const [label, what] of [[takeOver, 'take-over'], [stop, 'stop']]) {
                const button = make('button', 'font:inherit;padding:2px 12px;pointer-events:auto;cursor:pointer');
                button.type = 'button';
                button.textContent = label;
                button.onclick = () => window.kaitsuBanner(what);
                bar.append(button);
              }
              host.attachShadow({mode: 'closed'}).append(bar);
              document.documentElement.append(host);
              const pages = document.documentElement.style;
              const covered = () => {
                const strip = host.getBoundingClientRect();
                const controls = 'a[href],button,input,select,textarea,summary,[contenteditable],[tabindex]:not([tabindex="-1"])'
                  + ',[role=button],[role=link],[role=tab],[role=menuitem],[role=checkbox],[role=combobox]';
                return [...document.body.querySelectorAll(controls)].filter(e => {
                  const box = e.getBoundingClientRect();
                  return box.width > 0 && box.top < strip.bottom && box.bottom > strip.top
                    && (!e.checkVisibility || e.checkVisibility({visibilityProperty: true}));
                }).length;
              };
              const lay = below => {
                host.style.top = below ? 'auto' : '0';
                host.style.bottom = below ? '0' : 'auto';
                return covered();
              };
              const place = () => {
                const below = lay(true);
                if (below > 0 && lay(false) >= below) lay(true);
                const height = host.offsetHeight + 'px';
                if (pages.paddingBottom !== height) pages.paddingBottom = pages.scrollPaddingBottom = height;
              };
              let awaited = false;
              const later = () => {
                if (awaited) return;
                awaited = true;
                requestAnimationFrame(() => { awaited = false; place(); });
              };
              for (const event of ['scroll', 'resize', 'load']) addEventListener(event, later, {capture: true, passive: true});
              host.kaitsuShow = (now, isTurn) => {
                if (words.textContent !== now) words.textContent = now;
                bar.style.background = isTurn ? '#b3500a' : '#23313f';
                place();
              };
              host.kaitsuShow(text, turn);
            }
            """;

    private final BannerTexts texts;
    private final Locale language;
    private final AtomicReference<String> pressed = new AtomicReference<>("");

    Banner(BrowserContext context, Locale language) {
        this.texts = BannerTexts.of(language);
        this.language = language;
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
            page.evaluate(SCRIPT, new Object[] {
                text,
                turn,
                texts.get("banner.take-over"),
                texts.get("banner.stop"),
                texts.get("banner.name"),
                language.getLanguage()
            });
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
