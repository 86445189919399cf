package io.github.kaitsu.hardening;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Fuzzes one target in a JVM of its own: {@code hardening/kaitsu-fuzz}. Exits with 1 if something was found. */
final class Fuzz {
    private Fuzz() {}

    /** A class and a method; Jazzer's options are properties. */
    public static void main(String[] arguments) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(arguments[0], arguments[1], "byte[]"))
                                .build(),
                        summary);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        summary.getSummary().printFailuresTo(out, 30);
        System.exit(
                summary.getSummary().getTestsSucceededCount() > 0
                                && summary.getSummary().getTotalFailureCount() == 0
                        ? 0
                        : 1);
    }
}
