package io.github.kaitsu.store.internal;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.FileActivationStore;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A second process at work on a store: one command a line on its input, one answer a line on its output. */
final class StoreProcess {
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    private StoreProcess(Process process) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static StoreProcess at(Path folder) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new StoreProcess(new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        StoreProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Under Surefire the libraries stand on the module path and the tests are patched in. */
    private static String classPath() {
        String self = StoreProcess.class.getName().replace('.', '/') + ".class";
        String found = StoreProcess.class.getClassLoader().getResource(self).toString();
        String tests = Path.of(URI.create(found.substring(0, found.length() - self.length())))
                .toString();
        return Stream.of(tests, System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
                .filter(path -> path != null && !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Sends a command and waits for its answer. */
    String ask(String command) throws IOException {
        tell(command);
        return answer();
    }

    void tell(String command) {
        commands.println(command);
    }

    String answer() throws IOException {
        return answers.readLine();
    }

    /** As {@code kill -9} does; returns when it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    // ---- in the other process

    public static void main(String[] args) throws IOException {
        ActivationStore store = FileActivationStore.at(Path.of(args[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            out.println(perform(store, words));
        }
    }

    private static String perform(ActivationStore store, String[] words) {
        ActivationId id = ActivationId.of(words[1]);
        return switch (words[0]) {
            case "lease" ->
                store.tryLease(id).map(Lease::fencingToken).map(String::valueOf).orElse("none");
            case "claim" -> String.valueOf(store.claim(new ClaimKey("console", "c"), words[1]));
            case "append" -> append(store, id, words[2], Integer.parseInt(words[3]));
            case "both" -> appendToBoth(store, store, id, ActivationId.of(words[2]), Integer.parseInt(words[3]));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** Appends many answers, each after the newest entry there is; says how many. */
    static String append(ActivationStore store, ActivationId id, String by, int times) {
        for (int done = 0; done < times; ) {
            long size = store.size(id);
            try {
                store.append(
                        id,
                        size,
                        Optional.empty(),
                        List.of(new JournalEntry(size + 1, Instant.EPOCH, new Event.CancelRequested(by + done))));
                done++;
            } catch (KaitsuException e) {
                if (e.code() != ErrorCode.STORE_CONFLICT) {
                    throw e;
                }
            }
        }
        return String.valueOf(times);
    }

    /** Appends to two runs at the same time. */
    static String appendToBoth(
            ActivationStore first, ActivationStore second, ActivationId one, ActivationId other, int times) {
        CompletableFuture<String> beside = CompletableFuture.supplyAsync(() -> append(second, other, "x", times));
        int done = Integer.parseInt(append(first, one, "x", times));
        return String.valueOf(done + Integer.parseInt(beside.join()));
    }
}
