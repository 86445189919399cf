package io.github.kaitsu.microsoft365.internal;

/**
 * One permission of an app: {@code Sites.Read.All}, given to the app itself or on behalf of users, at one API.
 *
 * @param resource app ID of the API
 */
record Permission(String name, String kind, String resource) implements Comparable<Permission> {
    static final String APPLICATION = "application";
    static final String DELEGATED = "delegated";

    /** As it is kept in the journal. */
    String text() {
        return name + "/" + kind + "/" + resource;
    }

    @Override
    public int compareTo(Permission other) {
        return text().compareTo(other.text());
    }
}
