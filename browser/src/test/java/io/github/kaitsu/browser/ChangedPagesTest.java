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
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that are otherwise than the drivers expect: finished correctly or handed back, and never a wrong click. */
class ChangedPagesTest {
    private static final Set<PageMutation> OF_TEAMS =
            EnumSet.of(PageMutation.FIELD_IDS_CHANGED, PageMutation.LOOKUP_FINDS_ANOTHER);

    /** By day those that lead to a wrong click whoever is not careful, and a few that must be mastered; nightly all. */
    private static final Set<PageMutation> BY_DAY = EnumSet.of(
            PageMutation.BUTTONS_AS_DIVS,
            PageMutation.HALF_WIDTH_KANA,
            PageMutation.LABELS_IN_PARTS,
            PageMutation.SIMILAR_SERVICE,
            PageMutation.RELOADING,
            PageMutation.SERVICE_GREYED_OUT,
            PageMutation.SERVICE_TWICE,
            PageMutation.GRANT_RENAMED,
            PageMutation.GRANT_TWICE,
            PageMutation.MISLEADING_DIALOG,
            PageMutation.CONFIRMATION_BEFORE_GRANT,
            PageMutation.BOX_APP_TWICE,
            PageMutation.LOOKUP_FINDS_ANOTHER,
            PageMutation.OTHER_ORGANISATION,
            PageMutation.OTHER_ACCOUNT);

    @TempDir
    Path folder;

    static Set<PageMutation> mutations() {
        return Boolean.getBoolean("kaitsu.nightly") ? EnumSet.allOf(PageMutation.class) : BY_DAY;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
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
