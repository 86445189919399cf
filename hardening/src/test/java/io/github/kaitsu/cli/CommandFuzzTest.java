package io.github.kaitsu.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.hardening.Foreign;
import io.github.kaitsu.operator.AnswerForm;
import java.nio.charset.StandardCharsets;

/** What the command is given: mail files of any kind, words, what it keeps of apps. */
class CommandFuzzTest {
    @FuzzTest
    void mailFile(byte[] data) {
        Foreign.read(data.length, 50_000, false, () -> {
            try {
                return MailFile.text(data).length();
            } catch (Refusal e) {
                return "";
            }
        });
    }

    @FuzzTest
    void storedApp(byte[] data) {
        Foreign.read(data.length, 20_000, true, () -> App.parse(CloudService.Provider.BOX, data));
    }

    @FuzzTest
    void answer(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Foreign.read(text.length(), 50_000, false, () -> AnswerWords.read(text, AnswerForm.done()));
        Foreign.read(text.length(), 50_000, false, () -> AnswerWords.read(text, AnswerForm.yesOrNo()));
    }
}
