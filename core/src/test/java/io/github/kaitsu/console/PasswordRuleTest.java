package io.github.kaitsu.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.console.PasswordRule.Violation;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PasswordRuleTest {
    private static Set<Violation> check(String password) {
        return PasswordRule.check(password.toCharArray());
    }

    @Test
    void common3_whenThePasswordFits_nothingIsBroken() {
        assertThat(check("Abcdefg1")).isEmpty();
        assertThat(check("Abcdefg1!_#".repeat(3).substring(0, 25))).isEmpty();
    }

    @Test
    void common3_whenAPartIsBroken_thatPartIsNamed() {
        assertThat(check("Abcdefgh")).containsExactly(Violation.NO_DIGIT);
        assertThat(check("abcdefg1")).containsExactly(Violation.NO_UPPER_CASE);
        assertThat(check("ABCDEFG1")).containsExactly(Violation.NO_LOWER_CASE);
        assertThat(check("Abcdef1")).containsExactly(Violation.TOO_SHORT);
        assertThat(check("Ab1" + "x".repeat(23))).containsExactly(Violation.TOO_LONG);
        assertThat(check(""))
                .containsExactlyInAnyOrder(
                        Violation.NO_DIGIT, Violation.NO_UPPER_CASE, Violation.NO_LOWER_CASE, Violation.TOO_SHORT);
    }

    @Test
    void common3_whenLettersAreWide_theyDoNotCount() {
        assertThat(check("Ａbcdefg１")).containsExactlyInAnyOrder(Violation.NO_DIGIT, Violation.NO_UPPER_CASE);
    }

    @Property
    void common3_whenThePasswordIsChecked_itIsNotChanged(
            @ForAll @StringLength(max = 30) @Chars({'a', 'B', '1', '!'}) String password) {
        char[] given = password.toCharArray();

        Set<Violation> violations = PasswordRule.check(given);

        assertThat(given).isEqualTo(password.toCharArray());
        assertThat(violations.isEmpty()).isEqualTo(password.matches("(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z]).{8,25}"));
    }
}
