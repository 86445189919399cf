package io.github.kaitsu.desk.sandbox;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.desk.SampleMail;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.RunQuery;
import java.util.Optional;

/** The opening mail of the next customer that the desk does not know: CAS0031 and so on. */
final class NextMail implements SampleMail {
    private static final int FIRST = 31;

    private final ActivationClient client;
    private final StoryClock clock;

    NextMail(ActivationClient client, StoryClock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public String next() {
        int number = FIRST;
        while (isKnown(account(number))) {
            number++;
        }
        try (Sandbox mailer = Sandbox.builder()
                .account(account(number))
                .company("株式会社見本" + number)
                .seed(number)
                .start(clock.instant())
                .start()) {
            return mailer.openingMail();
        }
    }

    private static String account(int number) {
        return "CAS%04d".formatted(number);
    }

    private boolean isKnown(String account) {
        return !client.find(RunQuery.all().ofCustomer(CustomerId.of(ConsoleSite.JP, account)), Optional.empty(), 1)
                .items()
                .isEmpty();
    }
}
