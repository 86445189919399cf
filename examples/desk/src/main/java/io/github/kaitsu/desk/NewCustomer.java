package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.console.OpeningMail;
import io.github.kaitsu.operator.Role;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the form of a new customer holds. Of the opening mail only account, company and expiry are ever kept: its addresses are
 * secrets.
 *
 * @param contacts a name by role, as typed; a provider's that is empty is the console's
 */
public record NewCustomer(
        String account,
        String company,
        String expires,
        String site,
        String reference,
        List<String> services,
        String policies,
        String sharePointAdminSite,
        Map<Role, String> contacts) {

    private static final List<Role> ROLES =
            Stream.of(Role.values()).filter(r -> r != Role.HOST).toList();

    static List<Role> roles() {
        return ROLES;
    }

    static NewCustomer of(OpeningMail mail) {
        return new NewCustomer(
                mail.account(),
                mail.company().orElse(""),
                mail.expires().map(Instant::toString).orElse(""),
                ConsoleSite.JP.name(),
                "",
                CloudService.standard().stream().map(CloudService::id).toList(),
                "",
                "",
                Map.of());
    }

    static NewCustomer of(Map<String, String[]> form) {
        Map<Role, String> contacts = new EnumMap<>(Role.class);
        ROLES.forEach(r -> contacts.put(r, one(form, "contact-" + r.id())));
        return new NewCustomer(
                one(form, "account"),
                one(form, "company"),
                one(form, "expires"),
                one(form, "site"),
                one(form, "reference"),
                List.of(form.getOrDefault("services", new String[0])),
                one(form, "policies"),
                one(form, "sharepoint"),
                contacts);
    }

    private static String one(Map<String, String[]> form, String name) {
        String[] values = form.get(name);
        return values == null || values.length == 0 ? "" : values[0].strip();
    }

    /** @throws KaitsuException what is wrong with it, and what to do */
    ActivationRequest request() {
        ActivationRequest.Builder request = ActivationRequest.builder(customer())
                .services(services.stream()
                        .map(s -> CloudService.parse(s)
                                .orElseThrow(() -> KaitsuException.of(ErrorCode.UNKNOWN_SERVICE, "", s)))
                        .toList())
                .reference(referenceOrAccount())
                .policies(Arrays.stream(policies.split("[,、\n]"))
                        .map(String::strip)
                        .filter(p -> !p.isEmpty())
                        .toList());
        if (!company.isEmpty()) {
            request.company(company);
        }
        if (!sharePointAdminSite.isEmpty()) {
            request.sharePointAdminSite(sharePointAdminSite);
        }
        return request.build();
    }

    CustomerId customer() {
        return CustomerId.of(
                ConsoleSite.parse(site).orElseThrow(() -> KaitsuException.of(ErrorCode.UNKNOWN_SITE, "", site)),
                account);
    }

    String referenceOrAccount() {
        return reference.isEmpty() ? account : reference;
    }

    /** When the mail ends, if it told. */
    public Optional<Instant> mailExpires() {
        try {
            return expires.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(expires));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whom to ask, of the roles that have something to do: who is not named is the console's administrator. */
    Map<Role, String> people(List<Role> wanted) {
        Map<Role, String> people = new LinkedHashMap<>();
        for (Role role : wanted) {
            String own = contacts.getOrDefault(role, "");
            String name = own.isEmpty() ? contacts.getOrDefault(Role.CONSOLE, "") : own;
            if (!name.isEmpty()) {
                people.put(role, name);
            }
        }
        return people;
    }
}
