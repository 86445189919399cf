package io.github.kaitsu.spring;

import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.EncryptionKeys;
import io.github.kaitsu.consent.FileCredentialStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The client that asks for consent, as soon as an app is registered: by a property, or by a bean of the host. */
@AutoConfiguration(after = KaitsuProvidersAutoConfiguration.class)
@ConditionalOnBean(AuthorizationServer.class)
public final class KaitsuConsentAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("kaitsu.consent.key-file")
    EncryptionKeys kaitsuEncryptionKeys(KaitsuProperties properties) {
        return EncryptionKeys.ofFile(
                required(properties.consent().keyFile()),
                properties.consent().olderKeyFiles().toArray(Path[]::new));
    }

    @Bean
    @ConditionalOnMissingBean(CredentialStore.class)
    FileCredentialStore kaitsuCredentialStore(KaitsuProperties properties, ObjectProvider<EncryptionKeys> keys) {
        Path folder = required(properties.consent().folder());
        return FileCredentialStore.at(folder, required(keys.getIfAvailable()));
    }

    @Bean
    @ConditionalOnMissingBean
    ConsentClient kaitsuConsentClient(
            List<AuthorizationServer> servers, CredentialStore store, ObjectProvider<Clock> clock) {
        ConsentClient.Builder builder = ConsentClient.builder().store(store);
        servers.forEach(builder::server);
        clock.ifUnique(builder::clock);
        return builder.build();
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IncompleteConfigurationException(
                    "There is an app to consent to, but nowhere to keep what administrators grant it.",
                    "Set kaitsu.consent.folder to a folder of this machine and kaitsu.consent.key-file to a key that"
                            + " EncryptionKeys.createFile has made, or define a bean of type CredentialStore.");
        }
        return value;
    }
}
