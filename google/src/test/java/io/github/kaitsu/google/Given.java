package io.github.kaitsu.google;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Labels;
import io.github.kaitsu.text.Texts;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests, texts as a person reads them, and the way to Google. */
final class Given {
    /** As a provisioner has one for all its connections. */
    static final VendorHttp HTTP = VendorHttp.create();

    private Given() {}

    static ActivationRequest request(Edition edition, List<String> policies, CloudService... services) {
        return ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                .services(services)
                .edition(edition)
                .policies(policies)
                .build();
    }

    static StepContext context(Edition edition, CloudService... services) {
        return new StepContext(request(edition, List.of(), services), edition, Facts.none());
    }

    static StepContext knowing(String fact, String value, CloudService... services) {
        return knowing(Map.of(fact, value), services);
    }

    static StepContext knowing(Map<String, String> facts, CloudService... services) {
        Edition edition = Edition.CONSOLE_2024_04;
        return new StepContext(request(edition, List.of(), services), edition, Facts.of(facts));
    }

    static String lines(ActionTemplate action, Edition edition, Locale locale) {
        return Texts.load(action.texts(), "actions", locale).lines(action.key(), action.variantsIn(edition)).stream()
                .map(line -> Labels.of(edition, locale).fill(line, action.arguments()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    static String text(ActionTemplate action, String part, Locale locale) {
        String pattern = Texts.load(action.texts(), "actions", locale)
                .get(action.key() + "." + part, action.variantsIn(Edition.AUTO));
        return Labels.of(Edition.AUTO, locale).fill(pattern, action.arguments());
    }
}
