package io.github.kaitsu.browser.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What must be seen before something is pressed that changes something: the place, the customer's organisation, the service.
 *
 * @param place for people
 */
record Guard(
        String place,
        Predicate<String> isPlace,
        Optional<String> organisation,
        Optional<String> account,
        List<String> headings) {
    static Guard at(String place, Predicate<String> isPlace) {
        return new Guard(place, isPlace, Optional.empty(), Optional.empty(), List.of());
    }

    Guard about(String customersOrganisation) {
        return new Guard(place, isPlace, Optional.of(customersOrganisation), account, headings);
    }

    /** Signed in as this account, which the page must show; unchecked if none is known. */
    Guard as(@Nullable String name) {
        return new Guard(place, isPlace, organisation, Optional.ofNullable(name), headings);
    }

    /** Headed with this. */
    Guard headed(List<String> titles) {
        return new Guard(place, isPlace, organisation, account, titles);
    }

    /** Headed with the service's name or with アクセス権付与 for it. */
    Guard granting(CloudService service) {
        List<String> titles = new ArrayList<>();
        for (String name : Vocabulary.of(service)) {
            titles.addAll(List.of(name, name + "へのアクセス権付与", "Grant Access to " + name));
        }
        return headed(titles);
    }

    void check(Window window) {
        if (!isPlace.test(window.authority())) {
            throw new Unexpected(Unexpected.Reason.OTHER_PLACE, place);
        }
        if (!headings.isEmpty() && !window.isHeaded(headings)) {
            throw new Unexpected(Unexpected.Reason.OTHER_SERVICE, headings.get(0));
        }
        if (account.isPresent() && !window.shows(List.of(account.get()))) {
            throw new Unexpected(Unexpected.Reason.OTHER_CUSTOMER, account.get());
        }
        if (organisation.isPresent() && !showsOrganisation(window)) {
            throw new Unexpected(Unexpected.Reason.OTHER_CUSTOMER, organisation.get());
        }
    }

    /** The first organisation has a name in each language until somebody renames it. */
    private boolean showsOrganisation(Window window) {
        String wanted = organisation.orElseThrow();
        List<String> names = new ArrayList<>(List.of(wanted));
        if (wanted.equals(CustomerId.DEFAULT_ORGANISATION)) {
            names.add("Default Organization".toLowerCase(Locale.ROOT));
        }
        return window.shows(names);
    }
}
