package io.github.kaitsu.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;

/**
 * The person in front of the browser's window, as the browser sees them. The default is a real one: the banner in the page says
 * what to do, and the browser waits until it is done. Tests and demonstrations put somebody else there.
 *
 * <p>Called in the thread that performs actions; the page and the context may be used during the call only.
 */
public interface WindowPerson {
    /**
     * It is the person's turn. What is done may be done during the call or later; the browser sees it on the page.
     *
     * @param page where it is to be done
     */
    void invite(Page page, PersonTask task);

    /** A window was opened: for whoever must prepare it. */
    default void windowOpened(BrowserContext context) {}

    /** A real person, who reads the banner. */
    static WindowPerson human() {
        return (page, task) -> {};
    }
}
