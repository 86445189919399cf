package io.github.kaitsu.spring;

import io.github.kaitsu.consent.ConsentClient;
import jakarta.servlet.http.HttpSession;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;

/** The callback for vendors' answers, at {@code kaitsu.consent.callback-path}, in an application of Spring MVC. */
@AutoConfiguration(after = KaitsuConsentAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, HttpSession.class})
@ConditionalOnBean(ConsentClient.class)
@ConditionalOnProperty("kaitsu.consent.callback-path")
public final class KaitsuConsentWebAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    SessionConsents kaitsuSessionConsents(ConsentClient consents) {
        return new SessionConsents(consents);
    }

    @Bean
    ConsentCallback kaitsuConsentCallback(
            SessionConsents consents, ObjectProvider<ConsentPage> page, KaitsuProperties properties) {
        return new ConsentCallback(consents, page, properties.consent().language());
    }
}
