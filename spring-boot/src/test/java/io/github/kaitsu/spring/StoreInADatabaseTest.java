package io.github.kaitsu.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.cluster.DbSchedulerAlarmClock;
import io.github.kaitsu.cluster.JdbcActivationStore;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.AlarmClock;
import io.github.kaitsu.store.MemoryActivationStore;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Activations in the application's own database. */
class StoreInADatabaseTest {
    @TempDir
    Path folder;

    private ApplicationContextRunner application() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:retry:" + folder.resolve("kaitsu"));
        database.setUser("sa");
        database.setPassword("");
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        KaitsuProvidersAutoConfiguration.class,
                        KaitsuConsentAutoConfiguration.class,
                        KaitsuClusterAutoConfiguration.class,
                        KaitsuAutoConfiguration.class))
                .withBean(DataSource.class, () -> database)
                .withPropertyValues("kaitsu.start=false");
    }

    @Test
    void store_whereTheHostAsksForIt_isTheDatabaseWithItsTables() {
        application()
                .withPropertyValues("kaitsu.store.jdbc=true", "kaitsu.store.migrate=true")
                .run(context -> {
                    assertThat(context.getBean(ActivationStore.class)).isInstanceOf(JdbcActivationStore.class);
                    assertThat(context.getBean(ActivationClient.class).activations())
                            .isEmpty();
                });
    }

    @Test
    void alarm_ofAllNodes_isThereWhereTheHostAsksForIt_andOnlyForTheDatabase() {
        application()
                .withPropertyValues("kaitsu.store.jdbc=true", "kaitsu.store.migrate=true")
                .run(context -> assertThat(context).doesNotHaveBean(AlarmClock.class));
        application()
                .withPropertyValues(
                        "kaitsu.store.jdbc=true", "kaitsu.store.migrate=true", "kaitsu.store.shared-alarm=true")
                .run(context -> {
                    assertThat(context.getBean(AlarmClock.class)).isInstanceOf(DbSchedulerAlarmClock.class);
                    assertThatThrownBy(context.getBean(ActivationClient.class)::start)
                            .as("it is the client's: H2 has no nodes")
                            .hasMessageContaining("needs PostgreSQL");
                });
        application()
                .withBean(ActivationStore.class, MemoryActivationStore::new)
                .withPropertyValues("kaitsu.store.jdbc=true", "kaitsu.store.shared-alarm=true")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("no JdbcActivationStore"));
    }

    @Test
    void store_thatIsAskedForWithoutTheModule_saysWhatToAdd() {
        application()
                .withClassLoader(new FilteredClassLoader(JdbcActivationStore.class))
                .withPropertyValues("kaitsu.store.jdbc=true")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("kaitsu-cluster is not on the class path"));
    }

    @Test
    void dataSource_alone_changesNothing() {
        application()
                .withPropertyValues("kaitsu.store.memory=true")
                .run(context ->
                        assertThat(context.getBean(ActivationStore.class)).isNotInstanceOf(JdbcActivationStore.class));
    }
}
