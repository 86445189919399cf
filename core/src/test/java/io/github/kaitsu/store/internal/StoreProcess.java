package io.github.kaitsu.store.internal;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.ActivationStore.Lease;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.store.PrivateFile;
import io.github.kaitsu.text.Texts;
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
            case "begin" -> begin(store, words[1], Integer.parseInt(words[2]));
            case "count" -> count(Path.of(words[2]), words[1], Integer.parseInt(words[3]));
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

    /** Begins many runs, each of a customer of its own; says how many, or what came between. */
    static String begin(ActivationStore store, String prefix, int times) {
        ActivationClient client = client(store);
        for (int i = 0; i < times; i++) {
            try {
                client.begin(ActivationId.of(prefix + "-" + i), request(prefix + i));
            } catch (KaitsuException e) {
                return prefix + "-" + i + ": " + e.code();
            }
        }
        return String.valueOf(times);
    }

    static ActivationClient client(ActivationStore store) {
        return ActivationClient.builder()
                .provisioner(new NoSteps())
                .store(store)
                .build();
    }

    static ActivationRequest request(String account) {
        return ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, account))
                .services(CloudService.BOX)
                .build();
    }

    private static final class NoSteps implements ServiceAccountProvisioner {
        @Override
        public CloudService service() {
            return CloudService.BOX;
        }

        @Override
        public List<ActivationStep> steps(StepContext context) {
            return List.of();
        }

        @Override
        public ActionTemplate grant(StepContext context) {
            return ActionTemplate.question(Texts.class, "edition");
        }

        @Override
        public String grantRule() {
            return "BOX-6";
        }

        @Override
        public List<ActivationStep> removalSteps(StepContext context) {
            return List.of();
        }

        @Override
        public List<Notice> notices(StepContext context) {
            return List.of();
        }

        @Override
        public Notice prerequisite() {
            return Notice.of("COMMON-1", Texts.class, "role.console");
        }
    }

    /** Adds a line to a private file many times. */
    static String count(Path file, String who, int times) {
        for (int i = 0; i < times; i++) {
            String line = who + i + "\n";
            PrivateFile.at(file)
                    .change(before -> (before.map(b -> new String(b, StandardCharsets.UTF_8))
                                            .orElse("")
                                    + line)
                            .getBytes(StandardCharsets.UTF_8));
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
