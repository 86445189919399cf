package io.github.kaitsu.desk;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Runs by the ids that stand in addresses. */
@Component
class Runs {
    private final ActivationClient client;

    Runs(ActivationClient client) {
        this.client = client;
    }

    /** @throws ResponseStatusException 404 if there is none */
    ActivationView view(String id) {
        return client.find(ActivationId.of(id))
                .map(Activation::view)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
