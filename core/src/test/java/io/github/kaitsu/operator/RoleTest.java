package io.github.kaitsu.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.StepId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
    @ParameterizedTest
    @CsvSource({
        "console.password, CONSOLE",
        "console.read, CONSOLE",
        "box.console, CONSOLE",
        "box.clear-pending, CONSOLE",
        "microsoft-teams.finish, CONSOLE",
        "gmail.remove, CONSOLE",
        "gmail.own-text, CONSOLE",
        "box.grant, BOX",
        "box.added-by-default, BOX",
        "dropbox.admin, DROPBOX",
        "google-drive.grant, GOOGLE",
        "gmail.marketplace, GOOGLE",
        "microsoft-teams.sharepoint-permission, MICROSOFT365",
        "mip.case, MICROSOFT365",
        "connect.google, GOOGLE",
        "allow.microsoft365, MICROSOFT365",
        "app.box, HOST",
        "strange, CONSOLE"
    })
    void common1_aStep_belongsToOneRole(String step, Role role) {
        assertThat(Role.of(new StepId(step))).isEqualTo(role);
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void aProvider_hasItsRole(CloudService.Provider provider) {
        assertThat(Role.of(provider).provider()).contains(provider);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void everyRole_hasWordsAndIsFoundByItsName(Role role) {
        assertThat(role.label(Locale.JAPANESE)).isNotEqualTo(role.label(Locale.ENGLISH));
        assertThat(Role.parse(" " + role.id().toUpperCase(Locale.ROOT))).contains(role);
    }

    @Test
    void whatIsNoRole_isNotFound() {
        assertThat(Role.parse("administrator")).isEmpty();
        assertThat(Role.CONSOLE.provider()).isEmpty();
    }
}
