package io.github.kaitsu.cluster;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Makes the tables, and brings those of an older version up to date, with Flyway (11 or later, and its module for the database; the
 * host's own). Its history is kept in a table of its own, so it hinders no other use of Flyway. Whoever uses something else runs the
 * scripts below {@link #location}, in the order of their names.
 */
public final class KaitsuSchema {
    /** Where Flyway keeps what it did for Kaitsu. */
    public static final String HISTORY = "kaitsu_schema_history";

    private KaitsuSchema() {}

    /**
     * Brings the tables up to date, in the schema that the connections use. Harmless if they are, and if several nodes do it at once.
     *
     * @throws KaitsuException IO_ERROR if the database cannot be reached or a script fails
     */
    public static void migrate(DataSource source) {
        try {
            Flyway.configure(KaitsuSchema.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:" + location(product(source)))
                    .table(HISTORY)
                    .baselineOnMigrate(true) // other tables may be there
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (SQLException e) {
            throw Database.failed(e);
        } catch (FlywayException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "database", "Flyway");
        }
    }

    /**
     * Where the scripts are on the class path.
     *
     * @param product {@code postgresql} or {@code h2}
     */
    public static String location(String product) {
        return "io/github/kaitsu/cluster/schema/" + product;
    }

    private static String product(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        }
    }
}
