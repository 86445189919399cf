package io.github.kaitsu.spring;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.box.BoxAuthorization;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.dropbox.DropboxAuthorization;
import io.github.kaitsu.dropbox.DropboxConnection;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleAuthorization;
import io.github.kaitsu.google.GoogleConnection;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.microsoft365.GraphConnection;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.microsoft365.MicrosoftAuthorization;
import io.github.kaitsu.microsoft365.SharePointConnection;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.spring.KaitsuProperties.App;
import io.github.kaitsu.vendor.AccessTokens;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The provisioners of every provider's module on the class path, and the apps named in the properties. A module looks through the
 * host's {@code Connections}, else through what administrators have granted the app, else it asks a person.
 */
@AutoConfiguration
@EnableConfigurationProperties(KaitsuProperties.class)
public final class KaitsuProvidersAutoConfiguration {
    private static <T> Optional<Connections<T>> connections(
            ObjectProvider<Connections<T>> own,
            ObjectProvider<ConsentClient> consents,
            CloudService.Provider provider,
            Function<AccessTokens, T> connect) {
        return Optional.ofNullable(own.getIfAvailable())
                .or(() -> Optional.ofNullable(consents.getIfAvailable())
                        .filter(c -> c.providers().contains(provider))
                        .map(c -> c.connections(provider, connect)));
    }

    private static String required(@Nullable String value, String property) {
        if (value == null) {
            throw new IncompleteConfigurationException(
                    "The property " + property + " is missing.",
                    "Set it to what the provider shows for the app, from an environment variable or a secret of the platform.");
        }
        return value;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(BoxProvisioner.class)
    static class OfBox {
        @Bean
        ProviderModule kaitsuBox(
                ObjectProvider<Connections<BoxConnection>> own, ObjectProvider<ConsentClient> consents) {
            return new ProviderModule(List.of(connections(
                            own,
                            consents,
                            CloudService.Provider.BOX,
                            t -> BoxConnection.builder(t).build())
                    .map(BoxProvisioner::create)
                    .orElseGet(BoxProvisioner::create)));
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty("kaitsu.consent.box.client-id")
        BoxAuthorization kaitsuBoxAuthorization(KaitsuProperties properties) {
            App app = properties.consent().box();
            return BoxAuthorization.of(
                    required(app.clientId(), "kaitsu.consent.box.client-id"),
                    required(app.clientSecret(), "kaitsu.consent.box.client-secret"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DropboxProvisioner.class)
    static class OfDropbox {
        @Bean
        ProviderModule kaitsuDropbox(
                ObjectProvider<Connections<DropboxConnection>> own, ObjectProvider<ConsentClient> consents) {
            return new ProviderModule(List.of(connections(
                            own,
                            consents,
                            CloudService.Provider.DROPBOX,
                            t -> DropboxConnection.builder(t).build())
                    .map(DropboxProvisioner::create)
                    .orElseGet(DropboxProvisioner::create)));
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty("kaitsu.consent.dropbox.client-id")
        DropboxAuthorization kaitsuDropboxAuthorization(KaitsuProperties properties) {
            return DropboxAuthorization.of(
                    required(properties.consent().dropbox().clientId(), "kaitsu.consent.dropbox.client-id"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(GoogleProvisioners.class)
    static class OfGoogle {
        @Bean
        ProviderModule kaitsuGoogle(
                ObjectProvider<Connections<GoogleConnection>> own, ObjectProvider<ConsentClient> consents) {
            return new ProviderModule(connections(
                            own,
                            consents,
                            CloudService.Provider.GOOGLE,
                            t -> GoogleConnection.builder(t).build())
                    .map(GoogleProvisioners::create)
                    .orElseGet(GoogleProvisioners::create));
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty("kaitsu.consent.google.client-id")
        GoogleAuthorization kaitsuGoogleAuthorization(KaitsuProperties properties) {
            App app = properties.consent().google();
            return GoogleAuthorization.of(
                    required(app.clientId(), "kaitsu.consent.google.client-id"),
                    required(app.clientSecret(), "kaitsu.consent.google.client-secret"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Microsoft365Provisioners.class)
    static class OfMicrosoft365 {
        @Bean
        ProviderModule kaitsuMicrosoft365(
                ObjectProvider<Connections<GraphConnection>> own,
                ObjectProvider<Connections<SharePointConnection>> sharePoint,
                ObjectProvider<ConsentClient> consents) {
            Optional<Connections<GraphConnection>> graph = connections(
                    own,
                    consents,
                    CloudService.Provider.MICROSOFT365,
                    t -> GraphConnection.builder(t).build());
            return new ProviderModule(Optional.ofNullable(sharePoint.getIfAvailable())
                    .map(s -> Microsoft365Provisioners.create(graph.orElseGet(Connections::none), s))
                    .or(() -> graph.map(Microsoft365Provisioners::create))
                    .orElseGet(Microsoft365Provisioners::create));
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnProperty("kaitsu.consent.microsoft365.client-id")
        MicrosoftAuthorization kaitsuMicrosoftAuthorization(KaitsuProperties properties) {
            App app = properties.consent().microsoft365();
            MicrosoftAuthorization.Builder builder =
                    MicrosoftAuthorization.builder(required(app.clientId(), "kaitsu.consent.microsoft365.client-id"));
            Optional.ofNullable(app.clientSecret()).ifPresent(builder::clientSecret);
            return builder.build();
        }
    }
}
