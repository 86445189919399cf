package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.PageMutation;
import io.github.kaitsu.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pages that are otherwise than the drivers expect: finished correctly or handed back, and never a wrong click. Takes ten minutes, so
 * it runs only when asked for: {@code -DargLine=-Dkaitsu.changed-pages=true}.
 */
@EnabledIfSystemProperty(
        named = "kaitsu.changed-pages",
        matches = "true",
        disabledReason = "takes ten minutes; ask for it with -Dkaitsu.changed-pages=true")
class ChangedPagesTest {
    private static final Set<PageMutation> OF_TEAMS =
            Set.of(PageMutation.FIELD_IDS_CHANGED, PageMutation.LOOKUP_FINDS_ANOTHER);

    /** More than a whole activation takes. */
    private static final int STEPS = 120;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(PageMutation.class)
    void aChangedPage_isMasteredOrHandedBack(PageMutation mutation) throws InterruptedException {
        CloudService service = OF_TEAMS.contains(mutation) ? CloudService.MICROSOFT_TEAMS : CloudService.BOX;
        try (Stage stage = new Stage(Sandbox.builder().mutation(mutation), folder).hasty()) {
            stage.begin(List.of(service));

            boolean finished = isFinished(stage);

            assertThat(stage.sandbox.summary().wrongClicks()).isEmpty();
            switch (mutation.right()) {
                case FINISH -> assertThat(finished).as(mutation.why()).isTrue();
                case HAND_BACK -> assertThat(finished).as(mutation.why()).isFalse();
                case EITHER ->
                    assertThat(stage.sandbox.summary().grants(service)).isLessThanOrEqualTo(1);
            }
        }
    }

    /** False as soon as a person gets an action that the browser could not do, or the run ends without protection. */
    private static boolean isFinished(Stage stage) throws InterruptedException {
        for (int i = 0; i < STEPS; i++) {
            ActivationView view = stage.step();
            if (view.ended()) {
                return view.services().stream().allMatch(s -> s.status() == ActivationStatus.PROTECTED);
            }
            if (stage.person.next().filter(a -> a.handedBack()).isPresent()) {
                return false;
            }
        }
        return false;
    }
}
