package io.github.kaitsu.consent.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.consent.FileCredentialStore;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A second process that uses the tokens of a store: one command a line on its input, one answer a line on its output. */
final class RefreshProcess {
    static final CredentialStore.Key KEY =
            CredentialStore.Key.grant(CustomerId.of(ConsoleSite.JP, "acme"), CloudService.Provider.BOX);

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    private RefreshProcess(Process process) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param death where it dies: {@code never}, {@code before-answer} or {@code after-answer} of the first refresh */
    static RefreshProcess at(Path folder, int port, String death) throws IOException {
        return new RefreshProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        RefreshProcess.class.getName(),
                        folder.toString(),
                        Integer.toString(port),
                        death)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Under Surefire the libraries stand on the module path and the tests are patched in. */
    private static String classPath() {
        String self = RefreshProcess.class.getName().replace('.', '/') + ".class";
        String found = RefreshProcess.class.getClassLoader().getResource(self).toString();
        String tests = Path.of(URI.create(found.substring(0, found.length() - self.length())))
                .toString();
        return Stream.of(tests, System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
                .filter(path -> path != null && !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    void tell(String command) {
        commands.println(command);
    }

    /** Null if it died. */
    String answer() throws IOException {
        return answers.readLine();
    }

    String ask(String command) throws IOException {
        tell(command);
        return answer();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exit() throws InterruptedException {
        return process.waitFor();
    }

    // ---- in either process

    static FileCredentialStore store(Path folder) {
        return FileCredentialStore.at(folder, EncryptionKeys.of(new byte[32]));
    }

    /** Each thread calls the API until a token is accepted. @return what the threads ended with: {@code ok} alone is good */
    static String use(StoredTokens tokens, HttpVendor vendor, int threads) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Callable<String> one = () -> {
                try {
                    String token = tokens.get();
                    while (!vendor.accepts(token)) {
                        token = tokens.refreshAfterRejection(token);
                    }
                    return "ok";
                } catch (VendorCallException e) {
                    return e.authorizationLost() ? "lost" : e.getMessage();
                }
            };
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(one);
            }
            Set<String> ends = new TreeSet<>();
            for (Future<String> end : pool.invokeAll(all)) {
                ends.add(end.get());
            }
            return String.join(",", ends);
        } catch (ExecutionException e) {
            return e.getCause().toString();
        } finally {
            pool.shutdownNow();
        }
    }

    // ---- in the other process

    public static void main(String[] args) throws Exception {
        HttpVendor vendor = new HttpVendor(Integer.parseInt(args[1]), args[2]);
        StoredTokens tokens = new StoredTokens(store(Path.of(args[0])), KEY, vendor, Clock.systemUTC());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(use(tokens, vendor, Integer.parseInt(line)));
        }
    }
}
