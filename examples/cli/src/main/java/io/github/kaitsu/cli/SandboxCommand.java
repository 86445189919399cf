package io.github.kaitsu.cli;

import io.github.kaitsu.Edition;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxControl;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sandbox alone, for whoever is not on Java: runs until it is ended, and is controlled over HTTP. */
@Command(name = "sandbox")
final class SandboxCommand extends Subcommand {
    private static final int SERVERS = 10;

    @Option(names = "--port", required = true, paramLabel = "N")
    private String port = "";

    @Mixin
    private CustomerOptions customer = new CustomerOptions();

    @Option(names = "--edition", paramLabel = "auto|2024-04|2024-07")
    private String edition = Edition.AUTO.id();

    @Option(names = "--users", paramLabel = "N")
    private @Nullable String users;

    @Option(names = "--scenario", paramLabel = "S")
    private @Nullable String scenario;

    @Option(names = "--state", paramLabel = "DIR")
    private @Nullable String state;

    @Override
    int run(Invocation call) {
        int first = port();
        Sandbox.Builder builder =
                SandboxOptions.builder(customer.orManuals(), CommandWords.edition(edition), false, users, scenario);
        if (first > 0) {
            builder.ports(first + 1);
        }
        if (state != null) {
            Workspace workspace = Workspace.at(state);
            Folders.createFor(workspace.sandbox(Workspace.SANDBOX));
            builder.state(workspace.sandbox(Workspace.SANDBOX));
        }
        try (Sandbox sandbox = builder.start();
                SandboxControl control = SandboxControl.start(sandbox, first)) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread hook = new Thread(
                    ended::countDown, "kaitsu-end"); // the log is whole at any moment, so nothing is waited for
            Runtime.getRuntime().addShutdownHook(hook);
            if (call.json()) {
                call.result(control.description());
            } else {
                call.result(text(call, sandbox, control));
            }
            try {
                ended.await();
            } catch (InterruptedException e) {
                Runtime.getRuntime().removeShutdownHook(hook);
                Thread.currentThread().interrupt();
            }
            return Exits.SUCCESS;
        }
    }

    private int port() {
        try {
            int first = Integer.parseInt(port);
            if (first >= 0 && first <= 65_535 - SERVERS) {
                return first;
            }
        } catch (NumberFormatException e) {
            // as any other number that is none
        }
        throw Refusal.usage("port", port);
    }

    private static String text(Invocation call, Sandbox sandbox, SandboxControl control) {
        int widest = control.addresses().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String addresses = control.addresses().entrySet().stream()
                .map(e -> "  " + Columns.pad(e.getKey(), widest + 1) + e.getValue())
                .collect(Collectors.joining("\n"));
        return call.text("sandbox.running") + "\n" + addresses + "\n"
                + call.text(
                        "sandbox.controls",
                        control.address(),
                        sandbox.account(),
                        sandbox.consolePassword(),
                        sandbox.administrator(),
                        sandbox.clock().instant());
    }
}
