package io.github.kaitsu.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PagingTest {
    private final Paging pages = new Paging("GET /x", 3);

    @Test
    void goesOn_untilAPageNamesNoOther() {
        assertThat(pages.cursor()).isNull();
        assertThat(pages.goesOn("2")).isTrue();
        assertThat(pages.cursor()).isEqualTo("2");
        assertThat(pages.goesOn("")).isFalse();
        assertThat(new Paging("GET /x", 1).goesOn(null)).isFalse();
    }

    @Test
    void goesOn_whenTheLastPageThatMayBeReadNamesAnother_theListingDoesNotEnd() {
        pages.goesOn("2");
        pages.goesOn("3");
        assertThatThrownBy(() -> pages.goesOn("4")).hasMessage("GET /x: status 200 listing_does_not_end");
    }

    @Test
    void goesOn_whenAPageLeadsBackToItself_theListingDoesNotEnd() {
        pages.goesOn("2");
        assertThatThrownBy(() -> pages.goesOn("2")).hasMessage("GET /x: status 200 listing_does_not_end");
    }
}
