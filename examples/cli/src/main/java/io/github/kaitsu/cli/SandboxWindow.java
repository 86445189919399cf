package io.github.kaitsu.cli;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.browser.PersonTask;
import io.github.kaitsu.browser.WindowPerson;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.spi.PageLabels;
import java.net.URI;
import java.util.Map;

/**
 * The person in the browser's window, for a sandbox: knows its passwords and presses what binds. Tells the sandbox who does what, so
 * that it counts both: of a form that the person sends, the account was entered by the browser, and the browser reads what comes.
 */
final class SandboxWindow implements WindowPerson {
    private static final Map<String, String> BROWSER = Map.of("X-Sandbox-Actor", "browser");
    private static final Map<String, String> PERSON =
            Map.of("X-Sandbox-Actor", "person", "X-Sandbox-Browser-Fields", "account", "X-Sandbox-Looks", "browser");

    private final Sandbox sandbox;

    SandboxWindow(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public void windowOpened(BrowserContext context) {
        context.setExtraHTTPHeaders(BROWSER);
    }

    @Override
    public void invite(Page page, PersonTask task) {
        switch (task.kind()) {
            case PASSWORD -> {
                page.locator("input[type=password]").fill(sandbox.consolePassword());
                press(page, button(page, task.label()));
            }
            case PROVIDER_SIGN_IN -> {
                page.locator("input[type=password]").fill(sandbox.password(provider(page)));
                press(
                        page,
                        page.locator("form:has(input[type=password])")
                                .locator("button,input[type=submit],[role=button],a"));
            }
            case TERMS -> {
                page.getByRole(AriaRole.CHECKBOX).check();
                press(page, button(page, task.label()));
            }
            case SECOND_FACTOR, BINDING_BUTTON -> press(page, button(page, task.label()));
        }
    }

    /** People read labels in any width, and press what looks like a button whatever it is. */
    private static Locator button(Page page, String label) {
        return page.locator("button,a,input[type=submit],[role=button]").all().stream()
                .filter(l -> PageLabels.key(l.innerText()).equals(PageLabels.key(label))
                        || PageLabels.key(String.valueOf(l.getAttribute("value")))
                                .equals(PageLabels.key(label)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing to press called " + label));
    }

    private static void press(Page page, Locator button) {
        page.context().setExtraHTTPHeaders(PERSON);
        page.waitForRequest(Request::isNavigationRequest, button::click);
        page.waitForLoadState();
        page.context().setExtraHTTPHeaders(BROWSER);
    }

    private CloudService.Provider provider(Page page) {
        String authority = URI.create(page.url()).getRawAuthority();
        if (authority.equals(sandbox.box().getRawAuthority())) {
            return CloudService.Provider.BOX;
        }
        if (authority.equals(sandbox.dropbox().getRawAuthority())) {
            return CloudService.Provider.DROPBOX;
        }
        return authority.equals(sandbox.google().getRawAuthority())
                ? CloudService.Provider.GOOGLE
                : CloudService.Provider.MICROSOFT365;
    }
}
