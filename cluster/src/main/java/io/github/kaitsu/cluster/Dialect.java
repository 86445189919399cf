package io.github.kaitsu.cluster;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.store.ActivationStore.Changes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** What one database says otherwise than another. Immutable. */
interface Dialect {
    /** Looks whether what is committed is durable; once a store. */
    void prepare(Connection connection) throws SQLException;

    /** Sees that what was committed just now is on the medium. */
    void force(Connection connection) throws SQLException;

    /** What stands behind an INSERT that does nothing where the row is there; empty if it fails instead. */
    String unlessThere();

    /** A condition: an array holds the parameter. */
    String contains(String column);

    // ---- nodes

    /** Whether several nodes may have the database at once. */
    boolean isShared();

    /** Wakes a run in whichever node, when the transaction is committed. */
    void wake(Connection connection, ActivationId run) throws SQLException;

    /** Wakes it no more. */
    void letSleep(Connection connection, ActivationId run) throws SQLException;

    // ---- leases

    /** Gives the next token of a run, unless somebody has it. */
    OptionalLong lease(Connection connection, String id) throws SQLException;

    /** A condition: a lease is not over. */
    String held();

    /** An assignment: a lease goes on for its whole time. */
    String renewed();

    /** An assignment: a lease is over. */
    String released();

    // ---- changes

    /** Before the entries of a transaction are written, after all that it may have to wait for. */
    void count(Connection connection) throws SQLException;

    /** What stands in the column {@code written}. */
    String written();

    Changes changes(Connection connection, Changes since) throws SQLException;

    // ---- holds

    /** A transaction that lasts as long as a call of a vendor. */
    void keepOpen(Connection connection) throws SQLException;
}
