package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.MutatedPages;
import io.github.kaitsu.sandbox.PageMutation;
import io.github.kaitsu.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages that are otherwise than the drivers expect: finished correctly or handed back, and never a wrong click. */
class ChangedPagesTest {
    private static final Set<PageMutation> OF_TEAMS =
            EnumSet.of(PageMutation.FIELD_IDS_CHANGED, PageMutation.LOOKUP_FINDS_ANOTHER);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @EnumSource(PageMutation.class)
    void aChangedPage_isMasteredOrHandedBack(PageMutation mutation) throws InterruptedException {
        CloudService service = OF_TEAMS.contains(mutation) ? CloudService.MICROSOFT_TEAMS : CloudService.BOX;
        MutatedPages pages = new MutatedPages(mutation);
        try (Stage stage = new Stage(pages.in(Sandbox.builder()), folder).hasty()) {
            stage.begin(List.of(service));

            Optional<OperatorAction> handedBack = stage.runWithoutAnybodyElse();

            assertThat(pages.wrongClicks()).isEmpty();
            assertThat(stage.sandbox.summary().violations()).isEmpty();
            assertThat(stage.sandbox.summary().grants(service)).isLessThanOrEqualTo(1);
            boolean finished = stage.view().services().stream().allMatch(s -> s.status() == ActivationStatus.PROTECTED);
            switch (mutation.right()) {
                case FINISH ->
                    assertThat(finished).as("%s %s", mutation.why(), handedBack).isTrue();
                case HAND_BACK -> assertThat(handedBack).as(mutation.why()).isPresent();
                case EITHER ->
                    assertThat(finished
                                    || handedBack.isPresent()
                                    || !stage.view().ended())
                            .as("%s %s", mutation.why(), stage.view())
                            .isTrue();
            }
        }
    }
}
