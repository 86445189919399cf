package io.github.kaitsu.dropbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.contract.StatementTextsContract;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Dropbox's looks say, as codes, sentences and expectations. */
class DropboxStatementsTest extends StatementTextsContract {
    @Override
    protected Class<?> texts() {
        return DropboxProvisioner.class;
    }

    @Override
    protected Stream<ActivationStep> steps() {
        return DropboxTextsTest.steps(DropboxProvisioner.create());
    }

    @Override
    protected Set<String> names() {
        return Set.of("Dropbox", "ID");
    }

    @Test
    void dropbox2_theLogLagsAndFoldersAreLeftBehind_andTheirEvidenceSaysSo() {
        Texts ja = Texts.load(DropboxProvisioner.class, "actions", Locale.JAPANESE);
        for (String log : List.of("app-allowed", "app-linked", "remove-app")) {
            assertThat(ja.get("limit." + log)).contains("反映が遅れる");
        }
        assertThat(ja.get("limit.folders")).contains("証明にはなりません");
    }
}
