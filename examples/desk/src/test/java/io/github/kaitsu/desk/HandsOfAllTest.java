package io.github.kaitsu.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.kaitsu.desk.sandbox.Worlds;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.sandbox.HandsOn;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * All eight services, with the clerk at the desk and three administrators at their pages, in real browsers: what it costs all hands. The
 * vendors' pages are the sandbox's, which counts what is done there itself.
 */
class HandsOfAllTest {
    private static final int CLERK = 10;
    /** Clicks, fields, copies, pastes and answers of all persons together. */
    private static final int ALL = 225;

    private static final int TURNS = 900;
    private static final long LOOKS_EVERY_MILLIS = 31_000;
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/invite/[A-Za-z0-9_-]+");

    private int clerk;
    private int pages;

    @Test
    void eightServices_byAClerkAndThreeAdministrators_takeFewHands() throws Exception {
        try (Chromium chromium = Chromium.launch();
                MailBox box = new MailBox();
                RunningDesk desk = RunningDesk.start(
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + box.port(),
                        "--desk.notices.mail-from=desk@example.co.jp");
                BrowserContext team = chromium.browser().newContext();
                BrowserContext administrators = chromium.browser().newContext()) {
            Page atTheDesk = team.newPage();
            Customer customer = begun(atTheDesk, desk);
            Map<Role, String> links = links(box);
            assertThat(links).hasSize(5);
            Map<Role, Page> tabs = new EnumMap<>(Role.class);
            administrators.clock().install();
            links.keySet().forEach(role -> tabs.put(role, administrators.newPage()));
            Optional<Role> last = Optional.empty();
            for (int turn = 0; turn < TURNS && !customer.view().ended(); turn++) {
                Optional<OperatorAction> open = next(customer.quiet().openActions(), last);
                if (open.isEmpty()) {
                    customer.pass();
                    continue;
                }
                Role role = Role.of(open.get().step());
                work(tabs.get(role), links.get(role), customer, open.get());
                last = Optional.of(role);
            }
            assertThat(customer.view().isSuccess()).as("%s", customer.view()).isTrue();
            atTheDesk.navigate(
                    desk.url() + "/customers/" + customer.id() + "/handover"); // by the notice that all is done
            clerk++;
            assertThat(atTheDesk.locator(".verdict").textContent()).contains("8");

            HandsOn there = desk.get(Worlds.class)
                    .of(customer.customer())
                    .sandbox()
                    .summary()
                    .handsOn(HandsOn.Actor.PERSON);
            int all = clerk + pages + there.clicks() + there.fields() + there.copies() + there.pastes();
            System.out.println("hands: clerk " + clerk + ", administrators' pages " + pages + ", vendors' pages "
                    + there + ", all " + all);
            assertThat(clerk).isLessThanOrEqualTo(CLERK);
            assertThat(all).isLessThanOrEqualTo(ALL);
        }
    }

    /** The clerk: from the mail to the links in five pages. */
    private Customer begun(Page page, RunningDesk desk) {
        page.navigate(desk.signIn() + "&lang=ja");
        page.navigate(desk.url() + "/customers?lang=ja"); // the language, which a Japanese browser brings
        clerk++;
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("新しいお客様"))
                .first()
                .click();
        clerk++;
        page.getByLabel("開通メールの全文").fill(desk.get(SampleMail.class).next());
        clerk += 2; // copied and pasted
        button(page, "読み取る").click();
        clerk++;
        Map.of("console", "sato@example.jp", "google", "suzuki@example.jp", "microsoft365", "tanaka@example.jp")
                .forEach((role, name) -> {
                    page.locator("#contact-" + role).fill(name);
                    clerk++;
                });
        String account = page.locator("#account").inputValue();
        button(page, "この内容で始める").click();
        clerk++;
        assertThat(page.locator("h1").textContent()).isEqualTo("案内を送る");
        return Customer.of(desk, account, account);
    }

    /** Whoever is at it does all that is asked of this role before anybody else begins: it is on the same page. */
    private static Optional<OperatorAction> next(List<OperatorAction> open, Optional<Role> last) {
        return open.stream()
                .filter(a -> last.equals(Optional.of(Role.of(a.step()))))
                .findFirst()
                .or(() -> open.stream().findFirst());
    }

    private static Map<Role, String> links(MailBox box) {
        Map<Role, String> links = new EnumMap<>(Role.class);
        for (String mail : box.mails()) {
            String text = mail.contains("base64")
                    ? new String(
                            Base64.getMimeDecoder()
                                    .decode(mail.substring(mail.indexOf("\n\n")).strip()),
                            java.nio.charset.StandardCharsets.UTF_8)
                    : mail;
            Matcher link = LINK.matcher(text.replace("=\n", ""));
            assertThat(link.find()).as(text).isTrue();
            for (Role role : NewCustomer.roles()) {
                if (text.contains(role.label(Locale.JAPANESE))) {
                    links.put(role, link.group());
                }
            }
        }
        return links;
    }

    /** Does what the page shows, and answers on it; every page is opened once by its link and then left open. */
    private void work(Page page, String link, Customer customer, OperatorAction action) {
        if (page.locator("[data-waiting]").count() > 0) { // it was left open, and looks by itself
            page.clock().runFor(LOOKS_EVERY_MILLIS);
            page.waitForSelector(
                    "input[name=action]", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
        } else if (!isShown(page, action)) {
            page.navigate(link);
            pages++;
            Locator ready = button(page, "準備できました");
            if (ready.count() > 0) {
                ready.click();
                pages++;
            }
        }
        assertThat(page.locator("h1").textContent()).isEqualTo(action.title(Locale.JAPANESE));
        Answer answer = customer.perform(action);
        pages++; // the answer
        if (answer instanceof Answer.Saw saw && action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT) {
            page.locator("textarea[name^=paste]").first().fill(saw.text()); // its copies and pastes count already
            button(page, "回答する").click();
            Locator anyway = button(page, "足りないまま送る");
            if (anyway.count() > 0) {
                anyway.click();
                pages++;
            }
        } else if (answer instanceof Answer.Saw saw && action.form().kind() == AnswerForm.Kind.CHOICE) {
            page.locator("button[name=text][value='" + saw.text() + "']").click();
        } else if (answer instanceof Answer.Saw saw) {
            page.locator("#text").fill(saw.text());
            pages += 2; // copied and pasted
            button(page, "回答する").click();
        } else if (answer instanceof Answer.Done) {
            Locator yes = page.locator("button[name=text][value=yes]");
            (yes.count() > 0 ? yes : button(page, "できた")).click();
        } else {
            throw new AssertionError("nobody says so here: " + answer);
        }
    }

    private static boolean isShown(Page page, OperatorAction action) {
        return page.locator("h1").count() > 0
                && page.locator("input[name=action][value='" + action.id().value() + "']")
                                .count()
                        > 0;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
