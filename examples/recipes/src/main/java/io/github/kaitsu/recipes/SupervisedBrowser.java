package io.github.kaitsu.recipes;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.browser.BrowserOperator;
import io.github.kaitsu.browser.BrowserRecord;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.store.FileActivationStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * For real: a browser does the clicking in a visible window. The person watches, types passwords and codes, and presses what binds
 * the customer; what the browser hands back goes to the portal. Needs Node.js 20 or later on the path, or
 * {@code com.microsoft.playwright:driver-bundle} on the class path.
 */
public final class SupervisedBrowser {
    private SupervisedBrowser() {}

    public static void main(String... args) throws InterruptedException {
        CustomerId customer = CustomerId.of(ConsoleSite.JP, "CAS0001");
        Path folder = Path.of("activations");
        Path browserFolder = folder.resolve("browser"); // profiles, wiped at the end, and the record, which stays
        try (BrowserOperator browser = BrowserOperator.builder()
                        .folder(browserFolder)
                        .administrator(CloudService.Provider.BOX, "admin@example.co.jp") // no secret; saves typing
                        .build();
                ActivationClient client = ActivationClient.builder()
                        .provisioner(BoxProvisioner.create())
                        .store(FileActivationStore.at(folder))
                        .operator(browser) // first, since it costs nobody's time
                        .operator(new EmbeddedInAPortal.Portal())
                        .build()) {
            client.start();
            Activation activation = client.begin(
                    ActivationId.of("contract-1001"),
                    ActivationRequest.builder(customer)
                            .services(CloudService.BOX)
                            .build());
            report(watch(client, activation, browser), browserFolder);
        }
    }

    /** The browser works in this thread alone; the activation goes on in the client's. */
    private static ActivationView watch(ActivationClient client, Activation activation, BrowserOperator browser)
            throws InterruptedException {
        while (true) {
            Optional<ActivationView> end = activation.await(Duration.ofSeconds(1));
            if (end.isPresent()) {
                return end.get();
            }
            while (browser.performOne(client)) {
                // as long as there is something to do
            }
        }
    }

    private static void report(ActivationView view, Path browserFolder) {
        System.out.println(ActivationReport.of(view)
                .with(BrowserRecord.read(browserFolder, view.customer()))
                .markdown(Locale.JAPANESE));
    }
}
