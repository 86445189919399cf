package io.github.kaitsu.desk;

import io.github.kaitsu.desk.DeskProperties.User;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who may see what: the team everything, others the sign-in. The administrators' pages have a protection of their own. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    static final String SIGN_IN = "/sign-in";

    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
            + " img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Links are the administrators' only secret: the pages behind them set their own headers and have their own CSRF tokens. */
    @Bean
    @org.springframework.core.annotation.Order(1)
    SecurityFilterChain invitations(HttpSecurity http) throws Exception {
        return http.securityMatcher("/invite", "/invite/**")
                .authorizeHttpRequests(all -> all.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .headers(headers -> headers.disable())
                .sessionManagement(s -> s.disable())
                .requestCache(cache -> cache.disable())
                .build();
    }

    @Bean
    @org.springframework.core.annotation.Order(2)
    SecurityFilterChain desk(HttpSecurity http, SecurityContextRepository contexts) throws Exception {
        HttpSessionCsrfTokenRepository tokens = new HttpSessionCsrfTokenRepository();
        tokens.setParameterName("csrf");
        CsrfTokenRequestAttributeHandler plain = new CsrfTokenRequestAttributeHandler();
        plain.setCsrfRequestAttributeName(null); // made with the first form, not only when one is sent
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                HttpMethod.GET,
                                SIGN_IN,
                                "/desk.css",
                                "/desk.js",
                                "/kaitsu.css",
                                "/kaitsu.js",
                                "/icon.svg")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .securityContext(context -> context.securityContextRepository(contexts))
                .formLogin(form -> form.loginPage(SIGN_IN)
                        .loginProcessingUrl(SIGN_IN)
                        .defaultSuccessUrl("/customers")
                        .failureUrl(SIGN_IN + "?wrong")
                        .permitAll())
                .logout(logout -> logout.logoutUrl("/sign-out").logoutSuccessUrl(SIGN_IN + "?out"))
                .exceptionHandling(e -> e.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint(SIGN_IN)))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens).csrfTokenRequestHandler(plain))
                .headers(headers -> headers.contentSecurityPolicy(p -> p.policyDirectives(POLICY))
                        .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicyHeader(p -> p.policy("camera=(), microphone=(), geolocation=()"))
                        .frameOptions(f -> f.deny()))
                .build();
    }

    @Bean
    SecurityContextRepository securityContexts() {
        return new HttpSessionSecurityContextRepository();
    }

    /** The host's own sign-in belongs here: with Spring's OAuth 2.0 client these two beans and the form go. */
    @Bean
    UserDetailsService team(DeskProperties properties) {
        InMemoryUserDetailsManager team = new InMemoryUserDetailsManager();
        for (User user : properties.users()) {
            team.createUser(org.springframework.security.core.userdetails.User.withUsername(user.name())
                    .password(user.passwordHash())
                    .roles("DESK")
                    .build());
        }
        return team;
    }

    @Bean
    PasswordEncoder passwords() {
        return new BCryptPasswordEncoder();
    }
}
