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
import java.net.URI;
import java.util.Map;

/**
 * The person in the browser's window, for a sandbox: knows its passwords and presses what binds. Tells the sandbox who does what, so
 * that it counts both: of a form that the person sends, the account was entered by the browser, and the browser reads what comes.
 */
final class SandboxWindow implements WindowPerson {
    private static final Map<String, String> BROWSER = Map.of("X-Sandbox-Actor", "browser");
    private static final Map<String, String> PERSON = Map.of(
            "X-Sandbox-Actor", "person", "X-Sandbox-Browser-Fields", "account", "X-Sandbox-Looks", "browser");

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
        Locator button = page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(task.label()).setExact(true));
        switch (task.kind()) {
            case PASSWORD -> {
                page.locator("input[type=password]").fill(sandbox.consolePassword());
                press(page, button);
            }
            case PROVIDER_SIGN_IN -> {
                Locator password = page.locator("input[type=password]");
                password.fill(sandbox.password(provider(page)));
                press(page, page.locator("form:has(input[type=password]) button"));
            }
            case TERMS -> {
                page.getByRole(AriaRole.CHECKBOX).check();
                press(page, button);
            }
            case SECOND_FACTOR, BINDING_BUTTON -> press(page, button);
        }
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
