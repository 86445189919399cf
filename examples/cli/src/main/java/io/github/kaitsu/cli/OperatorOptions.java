package io.github.kaitsu.cli;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.sandbox.Sandbox;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who performs the operator actions, and how patiently. */
final class OperatorOptions {
    private static final Pattern ADMINISTRATOR =
            Pattern.compile("(box|dropbox|google|microsoft365)=([^\\s=,@]+@[^\\s=,@]+)");

    @Option(names = "--operator", paramLabel = "script|terminal|browser|none")
    private @Nullable String operator;

    @Option(names = "--headless")
    private boolean headless;

    @Option(names = "--administrator", paramLabel = "PROVIDER=ADDRESS", split = ",")
    private List<String> administrators = List.of();

    @Option(names = "--by", paramLabel = "WHO")
    private @Nullable String by;

    @Option(names = "--wait")
    private boolean waits;

    Optional<OperatorKind> kind() {
        return Optional.ofNullable(operator).map(OperatorKind::parse);
    }

    Session.Setting setting(
            CustomerId customer,
            Optional<Workspace> folder,
            Optional<Sandbox> sandbox,
            OperatorKind kind,
            boolean connected) {
        return new Session.Setting(
                customer,
                folder,
                sandbox,
                connected,
                kind,
                by,
                waits,
                false,
                new Session.Browser(headless, administrators()));
    }

    /** Account names, no secrets; what is no address may be a slip of somebody who was about to give a password away. */
    private Map<CloudService.Provider, String> administrators() {
        Map<CloudService.Provider, String> all = new EnumMap<>(CloudService.Provider.class);
        for (String text : administrators) {
            Matcher matcher = ADMINISTRATOR.matcher(text.strip());
            if (!matcher.matches()) {
                throw Refusal.usage("administrator");
            }
            all.put(CloudService.Provider.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), matcher.group(2));
        }
        return all;
    }
}
