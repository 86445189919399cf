package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.browser.BrowserOperator;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A browser that this command drives; what it hands back goes to whoever stands behind it. */
final class BrowserHands implements Hands {
    /** Beside the journals, or in a folder of its own that stays: the record is the proof of what was done. */
    private static final String FOLDER = "browser";

    private final BrowserOperator browser;
    private final Hands behind;
    private final Path folder;

    private BrowserHands(BrowserOperator browser, Hands behind, Path folder) {
        this.browser = browser;
        this.behind = behind;
        this.folder = folder;
    }

    static BrowserHands of(Invocation call, Session.Setting setting, Hands behind) {
        Path folder = folder(setting.folder());
        BrowserOperator.Builder builder = BrowserOperator.builder()
                .folder(folder)
                .headless(setting.browser().headless())
                .language(call.locale());
        setting.sandbox().ifPresent(sandbox -> inSandbox(builder, sandbox));
        setting.browser().administrators().forEach(builder::administrator);
        return new BrowserHands(builder.build(), behind, folder);
    }

    private static void inSandbox(BrowserOperator.Builder builder, Sandbox sandbox) {
        SandboxAddresses addresses = SandboxAddresses.of(sandbox);
        builder.clock(sandbox.clock())
                .addresses(real -> addresses.inSandbox(real).orElse(real))
                .person(new SandboxWindow(sandbox));
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            builder.administrator(provider, sandbox.administrator());
        }
    }

    /** Where the record of a run in this folder lies, if a browser ever worked for it. */
    static Path of(Path folder) {
        return folder.resolve(FOLDER);
    }

    private static Path folder(Optional<Workspace> workspace) {
        if (workspace.isPresent()) {
            return of(workspace.get().folder());
        }
        try {
            return Files.createTempDirectory("kaitsu-" + FOLDER);
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", FOLDER);
        }
    }

    /** Where profiles and records are. */
    Path folder() {
        return folder;
    }

    @Override
    public List<Operator> operators() {
        return Stream.concat(Stream.of(browser), behind.operators().stream()).toList();
    }

    @Override
    public boolean work(ActivationClient client, ActivationView view) throws InterruptedException {
        return browser.performOne(client) || browser.awaitsPerson() || behind.work(client, view);
    }

    @Override
    public boolean leavesActions() {
        return behind.leavesActions();
    }

    @Override
    public void close() {
        browser.close();
        behind.close();
    }
}
