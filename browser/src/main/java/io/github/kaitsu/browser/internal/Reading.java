package io.github.kaitsu.browser.internal;

import io.github.kaitsu.CloudService;
import java.util.List;

/**
 * Questions that a page answers. Only a yes is read off a page: what it does not show may only be elsewhere or late, and is left to
 * a person.
 */
final class Reading {
    private final ActionRun job;

    Reading(ActionRun job) {
        this.job = job;
    }

    /** Whether the page that the action names shows each of these texts. */
    Reply all(CloudService.Provider provider, List<List<String>> texts) {
        Window window = job.tabs.tab();
        try {
            Guard guard = Guard.at(provider.label(), a -> job.places.isOf(provider, a));
            job.open(window, job.action.link().orElseThrow());
            new Consent(job, provider)
                    .signedInOr(window, guard, () -> texts.stream().allMatch(window::shows));
            guard.check(window);
            for (List<String> text : texts) {
                if (!window.await(() -> window.shows(text))) {
                    throw new Unexpected(Unexpected.Reason.NOT_SHOWN, text.get(0));
                }
            }
            return job.read("yes");
        } finally {
            if (!window.isClosed()) {
                window.page.close();
            }
        }
    }
}
