package io.github.kaitsu.desk;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;
import org.springframework.web.util.WebUtils;

/** Japanese or English: as the reader chose last, else as the browser asks. */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration implements WebMvcConfigurer {
    private static final String COOKIE = "desk-language";
    private static final Pattern CHOICE = Pattern.compile("(?:^|&)lang=(ja|en)(?:&|$)");

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        LocaleChangeInterceptor chosen = new LocaleChangeInterceptor();
        chosen.setParamName("lang");
        chosen.setIgnoreInvalidLocale(true);
        registry.addInterceptor(chosen).excludePathPatterns("/invite/**"); // whose forms nobody else may read
    }

    @Bean
    LocaleResolver localeResolver() {
        return new Chosen();
    }

    @Bean
    @Profile("!sandbox")
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Links of actions lead to the vendors. */
    @Bean
    @Profile("!sandbox")
    DeskLinks deskLinks() {
        return (customer, address) -> Optional.of(address);
    }

    /** {@code ?lang=ja} chooses, and is remembered. */
    private static final class Chosen implements LocaleResolver {
        @Override
        public Locale resolveLocale(HttpServletRequest request) {
            // The query alone: to ask for a parameter reads the form, which the administrators' page reads itself.
            Matcher query = CHOICE.matcher(Objects.requireNonNullElse(request.getQueryString(), ""));
            Cookie cookie = WebUtils.getCookie(request, COOKIE);
            String chosen = query.find()
                    ? query.group(1)
                    : cookie != null ? cookie.getValue() : request.getLocale().getLanguage();
            return chosen.equals("ja") ? Locale.JAPANESE : Locale.ENGLISH;
        }

        @Override
        public void setLocale(
                HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
            if (response != null && locale != null) {
                response.addHeader(
                        "Set-Cookie",
                        ResponseCookie.from(COOKIE, locale.getLanguage().equals("ja") ? "ja" : "en")
                                .path("/")
                                .httpOnly(true)
                                .sameSite("Lax")
                                .maxAge(Duration.ofDays(365))
                                .build()
                                .toString());
            }
        }
    }
}
