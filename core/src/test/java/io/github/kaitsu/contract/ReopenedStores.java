package io.github.kaitsu.contract;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens and closes the stores of a contract. */
abstract class ReopenedStores<S extends AutoCloseable> {
    private final List<S> opened = new ArrayList<>();
    S store;

    /** A store that holds nothing. Called once before each test. */
    protected abstract S newStore() throws Exception;

    /**
     * What {@link #newStore} made last, opened once more while the first is still open: as a second process would, or the same
     * one after a restart. A store that lives in memory only returns the same object.
     */
    protected abstract S reopen() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = newStore();
        opened.add(store);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (S one : opened) {
            one.close();
        }
    }

    final S second() throws Exception {
        S again = reopen();
        opened.add(again);
        return again;
    }
}
