package io.github.kaitsu.spring;

import io.github.kaitsu.invite.AdministratorPage;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;

/** The administrators' pages below {@code kaitsu.invite.path}, in an application of Spring MVC. */
@AutoConfiguration(after = KaitsuInviteAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, HttpServletRequest.class, AdministratorPage.class})
@ConditionalOnBean(AdministratorPage.class)
public final class KaitsuInviteWebAutoConfiguration {
    @Bean
    InvitePages kaitsuInvitePages(AdministratorPage page, KaitsuProperties properties) {
        return new InvitePages(page, properties.invite().path());
    }
}
