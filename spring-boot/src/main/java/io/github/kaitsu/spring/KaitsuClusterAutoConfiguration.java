package io.github.kaitsu.spring;

import io.github.kaitsu.cluster.DbSchedulerAlarmClock;
import io.github.kaitsu.cluster.JdbcActivationStore;
import io.github.kaitsu.cluster.KaitsuSchema;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.AlarmClock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Activations in the host's database, where {@code kaitsu-cluster} is there and the host asks for it. */
@AutoConfiguration(
        before = KaitsuAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass(JdbcActivationStore.class)
@ConditionalOnProperty("kaitsu.store.jdbc")
@EnableConfigurationProperties(KaitsuProperties.class)
public final class KaitsuClusterAutoConfiguration {

    /** Closed by the client, before the data source. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    ActivationStore kaitsuJdbcActivationStore(DataSource source, KaitsuProperties properties) {
        if (properties.store().migrate()) {
            KaitsuSchema.migrate(source);
        }
        return JdbcActivationStore.on(source);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("kaitsu.store.shared-alarm")
    AlarmClock kaitsuAlarmClock(ActivationStore store) {
        if (store instanceof JdbcActivationStore jdbc) {
            return DbSchedulerAlarmClock.of(jdbc);
        }
        throw new IncompleteConfigurationException(
                "kaitsu.store.shared-alarm is set, but the store is a bean that is no JdbcActivationStore.",
                "Define a bean of type AlarmClock that belongs to your store, or leave kaitsu.store.shared-alarm out.");
    }
}
