package io.github.kaitsu.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.contract.StatementTextsContract;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Box's looks say, as codes, sentences and expectations. */
class BoxStatementsTest extends StatementTextsContract {
    @Override
    protected Class<?> texts() {
        return BoxProvisioner.class;
    }

    @Override
    protected Stream<ActivationStep> steps() {
        return BoxTextsTest.steps(BoxProvisioner.create());
    }

    @Override
    protected Set<String> names() {
        return Set.of("Box", "ID", "API");
    }

    /** BOX-4 to BOX-6 cannot be read by API (BOX-7), and folders and group outlive the link (BOX-2). */
    @Test
    void box7_whatOnlyAPersonTells_andWhatProvesNoLink_saysSo() {
        Texts ja = Texts.load(BoxProvisioner.class, "actions", Locale.JAPANESE);
        assertThat(steps().filter(s -> s.check().probe().isEmpty()))
                .isNotEmpty()
                .allSatisfy(
                        step -> assertThat(ja.get("limit." + step.titleKey())).contains("APIでは読み取れません"));
        for (String left : List.of("folders", "group")) {
            assertThat(ja.get("limit." + left)).contains("証明にはなりません");
        }
    }
}
