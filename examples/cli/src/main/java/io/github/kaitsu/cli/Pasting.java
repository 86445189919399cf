package io.github.kaitsu.cli;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.LoopbackReceiver;
import io.github.kaitsu.consent.PendingConsent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes addresses that somebody pastes, line by line, for the consent that is awaited just now. On a thread of its own, which ends
 * with the process: a read of standard input cannot be interrupted.
 */
final class Pasting {
    private record Target(LoopbackReceiver receiver, PendingConsent pending) {}

    private final Invocation call;
    private volatile boolean stopped;
    private volatile @Nullable Target target;

    Pasting(Invocation call) {
        this.call = call;
    }

    void start() {
        Thread reader = new Thread(this::read, "kaitsu-paste");
        reader.setDaemon(true);
        reader.start();
    }

    /** Whose answer the next line is. */
    void into(LoopbackReceiver receiver, PendingConsent pending) {
        target = new Target(receiver, pending);
    }

    void stop() {
        stopped = true;
    }

    private void read() {
        try {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(call.io().in(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null && !stopped) {
                if (!line.isBlank()) {
                    paste(line);
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            call.error(call.text("error.io")); // the answer can still come to the receiver
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void paste(String line) throws InterruptedException {
        Target to = target;
        if (to == null) {
            return;
        }
        try {
            ConsentOutcome outcome = to.receiver().paste(to.pending(), line);
            if (outcome instanceof ConsentOutcome.StateMismatch) {
                call.error(ConsentText.line(outcome, call));
            }
        } catch (KaitsuException e) {
            call.error(e.message(call.locale()) + " " + e.nextStep(call.locale()));
        }
    }
}
