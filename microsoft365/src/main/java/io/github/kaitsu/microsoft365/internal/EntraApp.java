package io.github.kaitsu.microsoft365.internal;

/**
 * An enterprise application of the customer's tenant.
 *
 * @param id of the service principal, different in every tenant
 * @param owner the tenant that registered the app; empty if Graph does not tell
 * @param publisher as Microsoft verified it; empty if it did not
 */
record EntraApp(String id, String appId, String name, boolean enabled, String owner, String publisher) {}
