package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Chrome dies, the network breaks, or somebody reloads the page: at any page of an activation it goes on, and nothing is linked
 * twice. Each run is disturbed at every {@value #APART}th page, beginning with another one. By day one beginning of
 * each kind stands for all, nightly three; {@code -Dkaitsu.browser-tests.all-steps=true} takes each.
 */
class AnyStepTest {
    /** More pages than any one action opens, so that each comes to its end once. */
    private static final int APART = 30;

    private static final int SAMPLE = 10;
    private static final boolean ALL = Boolean.getBoolean("kaitsu.browser-tests.all-steps");
    private static final boolean NIGHTLY = Boolean.getBoolean("kaitsu.nightly");

    @TempDir
    Path folder;

    static IntStream early() {
        return beginnings(3);
    }

    static IntStream middle() {
        return beginnings(13);
    }

    static IntStream late() {
        return beginnings(23);
    }

    private static IntStream beginnings(int byDay) {
        return IntStream.range(0, APART).filter(i -> ALL || (NIGHTLY ? i % SAMPLE == 3 : i == byDay));
    }

    @ParameterizedTest
    @MethodSource("early")
    void whenChromeIsKilledAsAPageComes_itGoesOn(int first) throws InterruptedException {
        AtomicInteger pages = new AtomicInteger();
        run((context, sandbox) -> context.onResponse(response -> {
            boolean isPage = response.request().isNavigationRequest();
            if (isPage && pages.getAndIncrement() % APART == first) {
                Chromium.kill();
            }
        }));
        assertThat(pages.get()).isGreaterThan(APART + first);
    }

    @ParameterizedTest
    @MethodSource("middle")
    void whenARequestIsLost_itGoesOn(int first) throws InterruptedException {
        disturb(first, route -> route.abort("connectionreset"));
    }

    /** What was asked for is done, only nobody hears of it. */
    @ParameterizedTest
    @MethodSource("late")
    void whenAnAnswerIsLost_itGoesOn(int first) throws InterruptedException {
        disturb(first, route -> {
            route.fetch();
            route.abort("connectionreset");
        });
    }

    /** A moment after it came: what was filled or ticked is lost. */
    @ParameterizedTest
    @MethodSource("middle")
    void whenAPageIsReloadedUnderItsHands_itGoesOn(int first) throws InterruptedException {
        AtomicInteger pages = new AtomicInteger();
        run((context, sandbox) -> {
            context.exposeBinding("isToBeReloaded", (source, none) -> pages.getAndIncrement() % APART == first);
            context.addInitScript("""
                    addEventListener('load', async () => {
                      if (window === window.top && await window.isToBeReloaded()) {
                        setTimeout(() => location.reload(), 150);
                      }
                    });
                    """);
        });
        assertThat(pages.get()).isGreaterThan(first);
    }

    private interface Disturbance {
        void at(Route route);
    }

    private void disturb(int first, Disturbance what) throws InterruptedException {
        AtomicInteger pages = new AtomicInteger();
        run((context, sandbox) -> context.route("**/*", route -> {
            Request request = route.request();
            if (request.isNavigationRequest() && pages.getAndIncrement() % APART == first) {
                what.at(route);
            } else {
                route.resume();
            }
        }));
        assertThat(pages.get()).isGreaterThan(APART + first);
    }

    private void run(BiConsumer<BrowserContext, Sandbox> trouble) throws InterruptedException {
        try (Stage stage = new Stage(Sandbox.builder(), folder).withWindow(sandbox -> new SandboxWindow(sandbox) {
            @Override
            public void windowOpened(BrowserContext context) {
                super.windowOpened(context);
                trouble.accept(context, sandbox);
            }
        })) {
            stage.begin(List.of(CloudService.BOX));

            stage.assertProtectedOnce(stage.run());
        }
    }
}
