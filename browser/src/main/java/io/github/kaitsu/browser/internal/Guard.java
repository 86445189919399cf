package io.github.kaitsu.browser.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What must be seen before something is pressed that changes something: the place, the customer's organisation, the service.
 *
 * @param place for people
 * @param address the administrator's at the provider
 */
record Guard(
        String place,
        Predicate<String> isPlace,
        Optional<String> organisation,
        Optional<String> account,
        Optional<String> address,
        List<String> headings) {
    private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");

    static Guard at(String place, Predicate<String> isPlace) {
        return new Guard(place, isPlace, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    Guard about(String customersOrganisation) {
        return new Guard(place, isPlace, Optional.of(customersOrganisation), account, address, headings);
    }

    /** Signed in as this account, which the page must show. */
    Guard as(String name) {
        return new Guard(place, isPlace, organisation, Optional.of(name), address, headings);
    }

    /**
     * Not signed in with another address (COMMON-17): a page that shows addresses must show this one. Many pages show none; unchecked
     * if no address is known.
     */
    Guard unlessOther(@Nullable String known) {
        return new Guard(place, isPlace, organisation, account, Optional.ofNullable(known), headings);
    }

    /** Headed with this. */
    Guard headed(List<String> titles) {
        return new Guard(place, isPlace, organisation, account, address, titles);
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
        if (address.isPresent() && showsOther(window.text(), address.get())) {
            throw new Unexpected(Unexpected.Reason.OTHER_CUSTOMER, address.get());
        }
        if (organisation.isPresent() && !showsOrganisation(window)) {
            throw new Unexpected(Unexpected.Reason.OTHER_CUSTOMER, organisation.get());
        }
    }

    private static boolean showsOther(String text, String known) {
        List<String> shown =
                ADDRESS.matcher(text).results().map(MatchResult::group).toList();
        return !shown.isEmpty() && shown.stream().noneMatch(known::equalsIgnoreCase);
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
