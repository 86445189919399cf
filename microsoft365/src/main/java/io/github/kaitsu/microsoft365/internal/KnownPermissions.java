package io.github.kaitsu.microsoft365.internal;

import io.github.kaitsu.CloudService;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the vendor's app of each service asks for, as the vendor publishes it for today's service (as of September 2025). Nobody
 * publishes it for each edition, nor whether a permission is the app's own or on behalf of users.
 */
public final class KnownPermissions {
    private static final Map<CloudService, Set<String>> TABLE = Map.of(
            CloudService.EXCHANGE_ONLINE,
            set("Directory.Read.All Group.Read.All Mail.ReadWrite Member.Read.Hidden User.Read"),
            CloudService.SHAREPOINT_ONLINE,
            set("Directory.Read.All Sites.FullControl.All Sites.Read.All User.Read"),
            CloudService.ONEDRIVE,
            set("Directory.Read.All Group.Read.All Sites.FullControl.All Sites.Read.All User.Read User.Read.All"),
            CloudService.MICROSOFT_TEAMS,
            set("Directory.Read.All Group.Read.All Sites.FullControl.All Sites.Manage.All Sites.Read.All User.Read"),
            CloudService.MIP,
            set("Content.SuperUser Content.Writer InformationProtectionPolicy.Read.All Organization.Read.All"
                    + " Sites.FullControl.All Sites.Read.All UnifiedPolicy.Tenant.Read User.Read"));

    private KnownPermissions() {}

    private static Set<String> set(String names) {
        return Collections.unmodifiableSet(new TreeSet<>(List.of(names.split(" "))));
    }

    /** By name, in alphabetical order. @throws IllegalArgumentException for a service that has none */
    public static Set<String> of(CloudService service) {
        Set<String> known = TABLE.get(service);
        if (known == null) {
            throw new IllegalArgumentException(service + " is not granted here");
        }
        return known;
    }

    /** The services whose apps are told apart. */
    static Set<CloudService> services() {
        return TABLE.keySet();
    }
}
