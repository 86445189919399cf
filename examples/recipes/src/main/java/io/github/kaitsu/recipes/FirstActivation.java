package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A whole activation: all eight services on a sandbox, a scripted person at the console, hours of waiting in seconds. */
public final class FirstActivation {
    private FirstActivation() {}

    public static void main(String[] args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
            try (ActivationClient client = ActivationClient.builder()
                    .provisioner(BoxProvisioner.create())
                    .provisioner(DropboxProvisioner.create())
                    .provisioners(GoogleProvisioners.create())
                    .provisioners(Microsoft365Provisioners.create())
                    .store(new MemoryActivationStore())
                    .operator(person)
                    .clock(sandbox.clock())
                    .build()) {
                ActivationRequest request = ActivationRequest.builder(CustomerId.of(sandbox.site(), sandbox.account()))
                        .build(); // all eight services
                Activation activation = client.begin(ActivationId.of("first"), request);
                while (!activation.view().ended()) {
                    Optional<Instant> next = client.advance(activation.id()).until();
                    if (!person.performOne(client)) { // nothing asked: let simulated time pass
                        next.ifPresent(sandbox.clock()::advanceTo);
                    }
                }
                out.println(ActivationReport.of(activation.view()).markdown(Locale.ENGLISH));
            }
        }
    }
}
