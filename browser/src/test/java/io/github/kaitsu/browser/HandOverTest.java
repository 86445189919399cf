package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.sandbox.PageOptions;
import io.github.kaitsu.sandbox.PageOptions.Trait;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between the browser and the person: who takes over, who stops, and what only the person's own browser may do. */
class HandOverTest {
    /** The banner stands at the bottom; its last button ends 16 pixels from the right. */
    private static final int FROM_RIGHT = 40;

    private static final int TAKE_OVER_FROM_RIGHT = 180;
    private static final int FROM_BOTTOM = 20;

    @TempDir
    Path folder;

    @Test
    void whenThePersonPressesStop_allIsHandedBackAndAPersonDoesTheRest() throws InterruptedException {
        try (Stage stage = disturbed((page, task) -> {
            page.mouse().click(width(page) - FROM_RIGHT, height(page) - FROM_BOTTOM);
            return true;
        })) {
            stage.begin(List.of(CloudService.BOX));

            ActivationView view = stage.run();

            assertThat(stage.browser.isStopped()).isTrue();
            assertThat(stage.browser.next()).isEmpty();
            stage.assertProtectedOnce(view);
            assertThat(stage.handedBack())
                    .singleElement()
                    .satisfies(b -> assertThat(b.text()).contains("中断する"));
        }
    }

    @Test
    void whenThePersonTakesOver_theyGetThisActionAndTheBrowserTheNext() throws InterruptedException {
        AtomicBoolean once = new AtomicBoolean();
        try (Stage stage = disturbed((page, task) -> {
            boolean first = task.action().step().value().equals("box.grant") && !once.getAndSet(true);
            if (first) {
                page.mouse().click(width(page) - TAKE_OVER_FROM_RIGHT, height(page) - FROM_BOTTOM);
            }
            return first;
        })) {
            stage.begin(List.of(CloudService.BOX));

            stage.assertProtectedOnce(stage.run());

            assertThat(stage.handedBack()).singleElement().satisfies(b -> {
                assertThat(b.text()).contains("この作業を引き継ぐ");
                assertThat(b.screenshots())
                        .singleElement()
                        .satisfies(p -> assertThat(Path.of(p)).exists());
            });
            assertThat(stage.answers().filter(a -> a.step().value().equals("box.mute-folder")))
                    .allMatch(a -> a.answer().by().equals("supervised browser"));
        }
    }

    @Test
    void whenGoogleRefusesADrivenBrowser_thePersonsOwnBrowserDoesItAndTheActivationGoesOn()
            throws InterruptedException {
        PageOptions pages = PageOptions.faithful().with(Trait.REFUSES_DRIVEN);
        try (Stage stage = new Stage(Sandbox.builder().pages(pages), folder, Locale.ENGLISH)) {
            stage.begin(List.of(CloudService.GMAIL));

            ActivationView view = stage.run();

            assertThat(view.services()).allMatch(s -> s.status() == ActivationStatus.PROTECTED, "" + view);
            assertThat(stage.sandbox.summary().grants(CloudService.GMAIL)).isEqualTo(1);
            assertThat(stage.handedBack())
                    .isNotEmpty()
                    .allSatisfy(b ->
                            assertThat(b.text()).contains("Google Workspace refuses", "the browser you usually use"));
        }
    }

    /** COMMON-5: the browser does not start several services at once. */
    @Test
    void common5_atTheFirstSignInEver_theServicesAreLinkedOneByOneByAdd() throws InterruptedException {
        PageOptions pages = PageOptions.faithful().with(Trait.FIRST_SIGN_IN, Trait.WINDOW_CLOSES);
        try (Stage stage = new Stage(Sandbox.builder().pages(pages), folder)) {
            stage.begin(List.of(CloudService.BOX));

            stage.assertProtectedOnce(stage.run());
            assertThat(stage.answeredBy(Stage.OUTSIDE)).isZero();
        }
    }

    /** COMMON-10: the first try ends with an error, the second goes well. */
    @Test
    void common10_whenTheFirstGrantFails_theWindowIsClosedAndTheConsoleReadBeforeTheNext() throws InterruptedException {
        try (Stage stage = new Stage(Sandbox.builder().scenario(Scenario.parse("link-fails:1")), folder)) {
            stage.begin(List.of(CloudService.BOX));

            stage.assertProtectedOnce(stage.run());
            assertThat(stage.answers().map(Event.Answered::answer).filter(Answer.Blocked.class::isInstance))
                    .singleElement()
                    .satisfies(a -> assertThat(((Answer.Blocked) a).reason()).isEqualTo(BlockReason.PAGE_ERROR));
        }
    }

    private Stage disturbed(BiPredicate<Page, PersonTask> instead) {
        return new Stage(Sandbox.builder(), folder).withWindow(sandbox -> new SandboxWindow(sandbox) {
            @Override
            public void invite(Page page, PersonTask task) {
                if (!instead.test(page, task)) {
                    super.invite(page, task);
                }
            }
        });
    }

    private static int width(Page page) {
        return page.viewportSize().width;
    }

    private static int height(Page page) {
        return page.viewportSize().height;
    }
}
