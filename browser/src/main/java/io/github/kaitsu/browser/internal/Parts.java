package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import io.github.kaitsu.console.PageLabels;
import java.util.List;
import java.util.Optional;

/** The part of a page that belongs to one thing of a list: its row, its group, or what stands between its heading and the next. */
final class Parts {
    private static final String MARK = "data-kaitsu-part";
    /** Marks the part whose name is one of the keys; says how many parts are named so. */
    private static final String SCRIPT = """
            ([keys, mark]) => {
              const key = t => t.normalize('NFKC').replace(/[\\s\\p{Cf}]+/gu, '').toLowerCase();
              const controls = 'select,[role=combobox],input[type=checkbox],[role=checkbox]';
              const group = 'tr,li,section,article,fieldset,[role=row],[role=listitem],[role=group],[role=region]';
              const heading = 'h1,h2,h3,h4,h5,h6,[role=heading]';
              document.querySelectorAll('[' + mark + ']').forEach(e => e.removeAttribute(mark));
              const named = [...document.body.querySelectorAll('*')].filter(e =>
                e.offsetParent !== null && key(e.textContent) !== '' && keys.includes(key(e.textContent))
                && ![...e.children].some(c => keys.includes(key(c.textContent))) && e.tagName !== 'OPTION');
              const parts = new Set();
              for (const name of named) {
                const around = name.closest(group);
                if (around && around.querySelector(controls)) { parts.add(around); continue; }
                const head = name.closest(heading);
                for (let e = head && head.nextElementSibling; e && !e.matches(heading); e = e.nextElementSibling) {
                  if (e.querySelector(controls)) { parts.add(e); break; }
                }
              }
              if (parts.size === 1) [...parts][0].setAttribute(mark, '');
              return parts.size;
            }
            """;

    private Parts() {}

    /** Empty if nothing there is named exactly so. */
    static Optional<Locator> about(Window window, List<String> names) {
        List<String> keys = names.stream().map(PageLabels::key).distinct().toList();
        int found = ((Number) window.page.evaluate(SCRIPT, List.of(keys, MARK))).intValue();
        if (found > 1) {
            throw new Unexpected(Unexpected.Reason.AMBIGUOUS, names.get(0));
        }
        return found == 0 ? Optional.empty() : Optional.of(window.page.locator("[" + MARK + "]"));
    }
}
