package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks once a day, and when asked, whether what was proved still holds. Thread-safe. */
@Component
public class DriftRound {
    private static final Logger LOG = LoggerFactory.getLogger(DriftRound.class);

    private final ActivationClient client;
    private final Customers customers;
    private final AtomicBoolean running = new AtomicBoolean();

    DriftRound(ActivationClient client, Customers customers) {
        this.client = client;
        this.customers = customers;
    }

    /** Whether a round is going on. */
    boolean isRunning() {
        return running.get();
    }

    /** Everybody, one after the other; nothing if it is going on already. */
    @Scheduled(cron = "0 30 5 * * *", zone = "Asia/Tokyo")
    @Async
    public void everybody() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            Set<CustomerId> linked = new LinkedHashSet<>();
            List<RunHead> ended = new ArrayList<>();
            Fleet.of(client).forEach(RunQuery.all().ended(true), ended::add);
            ended.forEach(head -> linked.add(head.customer()));
            for (CustomerId customer : linked) {
                check(customer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.set(false);
        }
    }

    /** One customer; of one that has nothing linked, nothing is kept. */
    public void check(CustomerId customer) throws InterruptedException {
        try {
            var report = client.verify(customer);
            customers.checked(report.activation(), report);
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.ACTIVATION_NOT_FOUND) {
                LOG.warn("drift cannot be looked for: {}", e.code());
            }
        }
    }
}
