package io.github.kaitsu.cli;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Advances one run until it has ended, or until nobody here can do anything about what it waits for. */
final class RunLoop {
    /** How often a run is found in another process's hands before the command gives up: about half a minute. */
    private static final int PATIENCE = 30;

    private final ActivationClient client;
    private final Hands hands;
    private final PassingTime time;
    private final Progress progress;
    private final Rounds rounds;

    RunLoop(ActivationClient client, Hands hands, PassingTime time, Progress progress, Rounds rounds) {
        this.client = client;
        this.hands = hands;
        this.time = time;
        this.progress = progress;
        this.rounds = rounds;
    }

    ActivationView run(ActivationId id) throws InterruptedException {
        Activation activation =
                client.find(id).orElseThrow(() -> KaitsuException.of(ErrorCode.ACTIVATION_NOT_FOUND, "", id));
        int refused = 0;
        while (true) {
            Optional<Instant> next = client.advance(id).until();
            ActivationView view = activation.view();
            rounds.news(view, () -> client.events(id)).forEach(progress::tell);
            progress.show(view);
            if (view.ended()) {
                return view;
            }
            if (next.isEmpty()) {
                if (++refused > PATIENCE) {
                    throw KaitsuException.of(ErrorCode.STORE_BUSY, "", id);
                }
                PassingTime.real(Clock.systemUTC()).towards(Instant.MAX);
                continue;
            }
            refused = 0;
            if (hands.work(client, view)) {
                continue;
            }
            if (hands.leavesActions() && !view.openActions().isEmpty()) {
                return view;
            }
            if (!time.towards(next.get())) {
                return view;
            }
        }
    }
}
