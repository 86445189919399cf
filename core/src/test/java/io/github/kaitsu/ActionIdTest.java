package io.github.kaitsu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"console.password.1", "box.added-by-default.12", "connect.microsoft365.3", "a.b.c.999999999"})
    void of_whatAnActionIsCalled_isThatId(String text) {
        assertThat(ActionId.of(text)).isEqualTo(new ActionId(text));
        assertThat(ActionId.of("\u3000" + text + " \n")).isEqualTo(new ActionId(text));
        ActionId id = ActionId.of(text);
        int asking = Integer.parseInt(text.substring(text.lastIndexOf('.') + 1));
        assertThat(ActionId.of(id.step(), asking)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "box",
                "box.",
                ".1",
                "box.grant",
                "box.grant.",
                "box.grant.0",
                "box.grant.01",
                "box..grant.1",
                ".box.grant.1",
                "box.grant.-1",
                "box.grant.1.",
                "box.grant.one",
                "box.grant.１",
                "box/grant.1",
                "箱.1",
                "box.gr ant.1",
                "box.grant.1\u0000",
                "box.grant.9999999999",
                "<b>.1",
                "../../x.1",
                "box\u202e.grant.1",
                "box.grant.1\nbox.grant.2"
            })
    void of_rubbish_isRefusedWithANextStepThatDoesNotRepeatIt(String text) {
        assertThatThrownBy(() -> ActionId.of(text)).isInstanceOfSatisfying(KaitsuException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ACTION_ID);
            assertThat(e.nextStep(Locale.ENGLISH)).contains("console.read.2");
            assertThat(e.nextStep(Locale.JAPANESE)).contains("console.read.2");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 100_000})
    void of_whatIsTooLong_isRefused(int length) {
        String text = "a".repeat(length - 2) + ".1";
        assertThatThrownBy(() -> ActionId.of(text)).isInstanceOf(KaitsuException.class);
    }
}
