package io.github.kaitsu.sandbox.internal;

/** Stands between the pages of a site and whoever asks for them; so a test can show pages that no manual shows. */
public interface PageFilter {
    /** The pages as they are. */
    PageFilter NONE = (site, setup, pages) -> pages;

    /**
     * What answers in place of the pages.
     *
     * @param site the server, as {@code console} or {@code box}
     */
    Site.Handler over(String site, Setup setup, Site.Handler pages);
}
