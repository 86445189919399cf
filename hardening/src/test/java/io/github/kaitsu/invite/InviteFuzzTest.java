package io.github.kaitsu.invite;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.kaitsu.hardening.Foreign;
import io.github.kaitsu.invite.internal.Fields;
import io.github.kaitsu.invite.internal.InvitationText;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a browser sends to the administrators' page, and what that page keeps. */
class InviteFuzzTest {
    @FuzzTest
    void form(byte[] data) {
        Foreign.read(data.length, 20_000, false, () -> {
            Optional<Fields> fields = Fields.read(new ByteArrayInputStream(data));
            Fields parsed = Fields.parse(new String(data, StandardCharsets.UTF_8));
            return fields.map(f -> f.one("csrf") + f.all("part") + f.has("code"))
                            .orElse("")
                    + parsed.one("answer");
        });
    }

    /** Its documented refusals are those of the standard library; the store says that the file is corrupt. */
    @FuzzTest
    void file(byte[] data) {
        Foreign.read(data.length, 20_000, false, () -> {
            try {
                return InvitationText.read(data);
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                return "";
            }
        });
    }
}
