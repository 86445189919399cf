package io.github.kaitsu.cli;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.browser.PersonTask;
import io.github.kaitsu.browser.WindowPerson;
import io.github.kaitsu.console.PageLabels;
import io.github.kaitsu.sandbox.Sandbox;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The person in the browser's window, for a sandbox: knows its passwords and codes, and presses what binds. Tells the sandbox who does
 * what, so that it counts both: passwords and codes are the person's, whoever sends them.
 */
final class SandboxWindow implements WindowPerson {
    private static final Map<String, String> BROWSER =
            Map.of("X-Sandbox-Actor", "browser", "X-Sandbox-Person-Fields", "password,code");
    private static final Map<String, String> PERSON = Map.of("X-Sandbox-Actor", "person", "X-Sandbox-Looks", "browser");

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
            case PASSWORD -> type(page, "password", sandbox.consolePassword());
            case PROVIDER_SIGN_IN -> type(page, "password", sandbox.password(provider(page)));
            case SECOND_FACTOR -> {
                if (page.locator("input[name=code]").count() > 0) {
                    type(page, "code", sandbox.code());
                } else {
                    press(page, button(page, task.label()));
                }
            }
            case TERMS -> {
                page.getByRole(AriaRole.CHECKBOX).check();
                press(page, button(page, task.label()));
            }
            case BINDING_BUTTON -> press(page, button(page, task.label()));
            case PROMPT -> throw new IllegalStateException("the sandbox has no page like this: " + page.url());
        }
    }

    /** And goes on to the next field, as people do. */
    private static void type(Page page, String field, String text) {
        page.locator("input[name=" + field + "]").fill(text);
        page.keyboard().press("Tab");
    }

    /** People read labels in any width, press what looks like a button whatever it is, and wait for a page that is still coming. */
    private static Locator button(Page page, String label) {
        String key = PageLabels.key(label);
        List<Locator> found = new ArrayList<>();
        page.waitForCondition(() -> {
            for (Locator l :
                    page.locator("button,a,input[type=submit],[role=button]").all()) {
                if (PageLabels.key(l.innerText()).equals(key)
                        || PageLabels.key(String.valueOf(l.getAttribute("value")))
                                .equals(key)) {
                    found.add(l);
                }
            }
            return !found.isEmpty();
        });
        return found.get(0);
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
