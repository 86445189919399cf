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
 * Takes addresses that somebody pastes, in one line or wrapped, for the consent that is awaited just now. On a thread of its own, which ends
 * with the process: a read of standard input cannot be interrupted.
 */
final class Pasting {
    private record Target(LoopbackReceiver receiver, PendingConsent pending) {}

    private static final int LONGEST = 20_000;

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
            String text = "";
            boolean isTried = true;
            String line = lines.readLine();
            while (line != null && !stopped) {
                text = (text.length() > LONGEST ? "" : text + "\n") + line;
                isTried = !lines.ready(); // what is pasted comes at once
                if (isTried && !text.isBlank() && isUsed(text)) {
                    text = "";
                } // else the rest may be in the next line
                line = lines.readLine();
            }
            if (!isTried && !text.isBlank() && !stopped) {
                isUsed(text);
            }
        } catch (IOException e) {
            call.error(call.text("error.io")); // the answer can still come to the receiver
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isUsed(String text) throws InterruptedException {
        Target to = target;
        if (to == null) {
            return true;
        }
        try {
            ConsentOutcome outcome = to.receiver().paste(to.pending(), text);
            if (outcome instanceof ConsentOutcome.StateMismatch) {
                call.error(ConsentText.line(outcome, call));
                return false;
            }
        } catch (KaitsuException e) {
            call.error(e.message(call.locale()) + " " + e.nextStep(call.locale()));
            return false;
        }
        return true;
    }
}
