package io.github.kaitsu.cli;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.FileActivationStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A state folder, or a database with a folder beside it: its runs, how each was started, and where their sandboxes keep their own state. */
final class Workspace {
    /** The store leaves this name to the command. */
    static final String SANDBOX = "sandbox";

    private final Path folder;
    private final Choices choices;
    private final Optional<Jdbc> database;

    private Workspace(Path folder, Optional<Jdbc> database) {
        this.folder = folder;
        this.choices = new Choices(folder);
        this.database = database;
    }

    static Workspace at(String folder) {
        try {
            return new Workspace(Path.of(folder), Optional.empty());
        } catch (InvalidPathException e) {
            throw Refusal.usage("folder", folder);
        }
    }

    /** The same with the runs and the access in a database. */
    Workspace with(Jdbc some) {
        return new Workspace(folder, Optional.of(some));
    }

    Path folder() {
        return folder;
    }

    /** Empty if the folder keeps runs and access, too. */
    Optional<Jdbc> database() {
        return database;
    }

    /** Where its runs are. Closing it is the caller's. */
    ActivationStore store() {
        return database.map(Jdbc::activations).orElseGet(() -> FileActivationStore.at(folder));
    }

    // ---- runs

    /** The named run; else the newest that is not over, else the newest. */
    ActivationView run(ActivationClient client, Optional<ActivationId> named) {
        if (named.isPresent()) {
            return client.find(named.get())
                    .map(Activation::view)
                    .orElseThrow(() -> KaitsuException.of(ErrorCode.ACTIVATION_NOT_FOUND, "", named.get()));
        }
        return runs(client).stream()
                .max(Comparator.comparing((ActivationView v) -> !v.ended())
                        .thenComparing(ActivationView::begunAt)
                        .thenComparing(v -> number(v.id().value())))
                .orElseThrow(() -> Refusal.of(ErrorCode.ACTIVATION_NOT_FOUND, "error.no-run", folder));
    }

    List<ActivationView> runs(ActivationClient client) {
        return client.activations().stream()
                .map(client::find)
                .flatMap(Optional::stream)
                .map(Activation::view)
                .toList();
    }

    /** The first {@code activation-N} that nobody has used. */
    static ActivationId unusedId(ActivationClient client, String prefix) {
        int last = client.activations().stream()
                .map(ActivationId::value)
                .filter(v -> v.startsWith(prefix + "-"))
                .mapToInt(Workspace::number)
                .max()
                .orElse(0);
        return Stream.iterate(last + 1, n -> n + 1)
                .map(n -> ActivationId.of(prefix + "-" + n))
                .filter(id -> client.forgottenAt(id).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static int number(String id) {
        Matcher m = Pattern.compile("-(\\d{1,9})$").matcher(id);
        return m.find() ? Integer.parseInt(m.group(1)) : 0;
    }

    // ---- how a run was started

    /** Empty if it was not written down, perhaps because the process died first. */
    Optional<Choice> recordedChoice(ActivationId run) {
        return choices.of(run);
    }

    /** Where it was not written down, a sandbox's folder tells. */
    Choice choice(ActivationId run) {
        return recordedChoice(run)
                .orElseGet(() -> Sandbox.summary(folder.resolve(SANDBOX)).isPresent()
                        ? new Choice(OperatorKind.SCRIPT, Optional.of(SANDBOX), true)
                        : new Choice(OperatorKind.TERMINAL, Optional.empty(), true));
    }

    /** All of which anything is written down. */
    Map<ActivationId, Choice> choices() {
        return choices.all();
    }

    void remember(ActivationId run, Choice choice) {
        database.ifPresent(d -> Folders.createFor(folder.resolve(SANDBOX))); // the store of files makes it itself
        choices.save(run, choice);
    }

    /** Those of which nothing is written down yet. */
    void rememberNew(Map<ActivationId, Choice> some) {
        database.ifPresent(d -> Folders.createFor(folder.resolve(SANDBOX)));
        choices.saveNew(some);
    }

    /** Of a run that was forgotten nothing needs to be remembered. */
    void drop(ActivationId run) {
        choices.drop(run);
    }

    // ---- sandboxes

    /** Whether runs of this folder happen in a sandbox. */
    boolean hasSandbox() {
        return Sandbox.summary(folder.resolve(SANDBOX)).isPresent();
    }

    Path sandbox(String name) {
        return folder.resolve(name);
    }

    /** The sandbox of a customer: the one that an earlier run used, else a new one. */
    String sandboxOf(CustomerId customer, List<ActivationView> runs) {
        Map<String, CustomerId> used = new HashMap<>();
        runs.forEach(run -> choice(run.id()).sandbox().ifPresent(name -> used.put(name, run.customer())));
        return Stream.iterate(1, n -> n + 1)
                .map(n -> n == 1 ? SANDBOX : SANDBOX + "/" + n)
                .filter(name -> customer.equals(used.getOrDefault(name, customer)))
                .findFirst()
                .orElseThrow();
    }
}
