package io.github.kaitsu.dropbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.ServiceAccountProvisionerContract;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class DropboxTextsTest extends ServiceAccountProvisionerContract {
    private static final Path LOOKS = Path.of("src/main/java/io/github/kaitsu/dropbox/internal/DropboxLooks.java");
    private static final Pattern REASON = Pattern.compile("(?:new Look\\.Fails|Optional\\.of)\\(\\s*\"([a-z-]+)\"");

    @Override
    protected List<DropboxProvisioner> provisioners() {
        return List.of(DropboxProvisioner.create());
    }

    @Override
    protected Class<?> texts() {
        return DropboxProvisioner.class;
    }

    @Override
    protected List<StepContext> contexts(ServiceAccountProvisioner provisioner) {
        return Stream.of(Edition.values())
                .map(edition -> DropboxProvisionerTest.context(edition, List.of("P")))
                .map(plain -> new StepContext(
                        plain.request(), plain.edition(), Map.of("dropbox.app-blocked", "2026-11-20T10:00:00Z")))
                .toList();
    }

    /** A message and a next step for every reason that the code gives to a failing look. */
    @Override
    protected Set<String> furtherKeys() {
        Set<String> reasons = new TreeSet<>(Set.of(Look.WRONG_TENANT));
        try {
            Matcher m = REASON.matcher(Files.readString(LOOKS));
            while (m.find()) {
                reasons.add(m.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(reasons).contains("app-unlinked", "scope-missing-in-app");
        Set<String> keys = new TreeSet<>();
        for (String reason : reasons) {
            keys.add("fails." + reason);
            keys.add("fails." + reason + ".next");
        }
        return keys;
    }
}
