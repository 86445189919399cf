package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.util.List;
import java.util.regex.Pattern;

/** A list to choose from: the browser's own, or one that a page builds itself. */
final class Choice {
    private Choice() {}

    static String chosen(Locator list) {
        return isNative(list)
                ? String.join("", list.locator("option:checked").allInnerTexts())
                        .strip()
                : list.innerText().strip();
    }

    static boolean isChosen(Locator list, List<String> labels) {
        return Label.whole(labels).matcher(chosen(list)).matches();
    }

    static void of(Window window, Locator list, List<String> labels, String shown) {
        Pattern whole = Label.whole(labels);
        if (isNative(list)) {
            List<String> texts = list.locator("option").allInnerTexts();
            List<Integer> fitting = java.util.stream.IntStream.range(0, texts.size())
                    .filter(i -> whole.matcher(texts.get(i).strip()).matches())
                    .boxed()
                    .toList();
            if (fitting.size() != 1) {
                throw new Unexpected(
                        fitting.isEmpty() ? Unexpected.Reason.NOT_SHOWN : Unexpected.Reason.AMBIGUOUS, shown);
            }
            list.selectOption(new SelectOption().setIndex(fitting.get(0)));
            return;
        }
        list.click();
        Locator option = window.page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(whole));
        window.await(() -> option.count() > 0);
        Window.only(option.all(), shown).click();
    }

    private static boolean isNative(Locator list) {
        return "SELECT".equals(list.evaluate("e => e.tagName"));
    }
}
