package io.github.kaitsu.google.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.provision.Facts;

/** What looks learn and later steps and looks use, by name; kept in the journal. */
public final class GoogleFacts {
    /** The customer's id: the tenant that the engine pins. */
    public static final String TENANT = Facts.tenantOf(CloudService.Provider.GOOGLE);

    public static final String USERS = Facts.usersOf(CloudService.Provider.GOOGLE);
    public static final String ADMIN = "google.admin-email";
    /** {@code yes} or {@code no}. */
    public static final String TWO_STEP = "google.two-step";
    /** A value of {@link PolicyBook.Marketplace}. */
    public static final String MARKETPLACE = "google.marketplace-policy";
    /** {@code open} or {@code restricted}. */
    public static final String APIS = "google.api-controls";
    /** {@code yes} or {@code no}. */
    public static final String STARTER = "google.business-starter";

    public static final String APP = "google.app-id";
    public static final String CLIENT = "google.client-id";
    public static final String TEMP_FOLDER = "google.temp-folder-id";
    public static final String QUARANTINE_FOLDER = "google.quarantine-folder-id";

    private GoogleFacts() {}
}
