package io.github.kaitsu.browser.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A profile per customer, never shared, only for its owner. */
class ProfilesTest {
    @TempDir
    Path folder;

    @Test
    void eachPartOfACustomersName_leadsToAnotherProfile() {
        Profiles profiles = new Profiles(folder);
        List<Path> all = List.of(
                profiles.profile(new CustomerId(ConsoleSite.JP, "CAS0001", "A")),
                profiles.profile(new CustomerId(ConsoleSite.JP, "CAS0001", "B")),
                profiles.profile(new CustomerId(ConsoleSite.JP, "CAS0002", "A")),
                profiles.profile(new CustomerId(ConsoleSite.EU, "CAS0001", "A")),
                profiles.profile(new CustomerId(ConsoleSite.JP, "CAS0001/A", "A")),
                profiles.profile(new CustomerId(ConsoleSite.JP, "CAS0001", "A/A")));

        assertThat(all).doesNotHaveDuplicates().allMatch(p -> p.startsWith(folder));
        assertThat(profiles.profile(new CustomerId(ConsoleSite.JP, "CAS0001", "A")))
                .isEqualTo(all.get(0));
    }

    @Test
    void noNameOfACustomer_canLeadElsewhere() {
        Path profile = new Profiles(folder).profile(new CustomerId(ConsoleSite.JP, "../../etc", "..\\.."));

        assertThat(profile.normalize()).startsWith(folder);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows knows no POSIX rights")
    void onlyTheOwnerMayLookInside() throws IOException {
        Profiles profiles = new Profiles(folder);
        CustomerId customer = CustomerId.of(ConsoleSite.JP, "CAS0001");
        Files.createDirectories(profiles.profile(customer));
        Files.setPosixFilePermissions(profiles.profile(customer), PosixFilePermissions.fromString("rwxrwxrwx"));

        for (Path path : List.of(profiles.profile(customer), profiles.record(customer))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void wiping_takesTheSessionAndLeavesTheRecord() throws IOException {
        Profiles profiles = new Profiles(folder);
        CustomerId customer = CustomerId.of(ConsoleSite.JP, "CAS0001");
        CustomerId other = CustomerId.of(ConsoleSite.JP, "CAS0002");
        Path cookies = profiles.profile(customer).resolve("Default/Cookies");
        Files.createDirectories(cookies.getParent());
        Files.writeString(cookies, "session");
        Path kept = Files.writeString(profiles.record(customer).resolve("00001.png"), "picture");
        Path theirs = Files.writeString(profiles.profile(other).resolve("Cookies"), "session");

        profiles.wipe(customer);

        assertThat(cookies).doesNotExist();
        assertThat(cookies.getParent().getParent()).doesNotExist();
        assertThat(List.of(kept, theirs)).allSatisfy(p -> assertThat(p).exists());
    }
}
