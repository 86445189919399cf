package io.github.kaitsu.desk;

import io.github.kaitsu.report.Ed25519Signer;
import io.github.kaitsu.report.EvidenceSigner;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who signs evidence bundles: a key in a file, or, instead, a bean that asks a key service. */
@Configuration(proxyBeanMethods = false)
class SigningConfiguration {
    @Bean
    @ConditionalOnProperty("desk.signing-key")
    EvidenceSigner signer(DeskProperties properties) {
        return Ed25519Signer.ofFile(Objects.requireNonNull(properties.signingKey()));
    }
}
