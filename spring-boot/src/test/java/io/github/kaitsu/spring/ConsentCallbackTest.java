package io.github.kaitsu.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxAuthorization;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.MemoryCredentialStore;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.dropbox.DropboxAuthorization;
import io.github.kaitsu.sandbox.ConsentFault;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** An answer counts in the session that began its consent, only where a person came, once. */
class ConsentCallbackTest {
    private static final URI REGISTERED = URI.create("https://portal.example.co.jp/app/consents/callback");

    private final Sandbox sandbox = Sandbox.builder().redirects(REGISTERED).start();
    private final ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
    private final CustomerId customer = CustomerId.of(sandbox.site(), sandbox.account());
    private final MockHttpSession session = new MockHttpSession();

    private final WebApplicationContextRunner bare = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    KaitsuProvidersAutoConfiguration.class,
                    KaitsuConsentAutoConfiguration.class,
                    KaitsuConsentWebAutoConfiguration.class))
            .withBean(CredentialStore.class, MemoryCredentialStore::new)
            .withBean("boxApp", AuthorizationServer.class, this::box)
            .withBean("dropboxApp", AuthorizationServer.class, this::dropbox);
    private final WebApplicationContextRunner context =
            bare.withPropertyValues("kaitsu.consent.callback-path=/consents/callback");

    @AfterEach
    void close() {
        sandbox.close();
    }

    private BoxAuthorization box() {
        return BoxAuthorization.builder(
                        sandbox.clientId(CloudService.Provider.BOX),
                        sandbox.clientSecret(CloudService.Provider.BOX).orElseThrow())
                .page(sandbox.box().resolve("/api/oauth2/authorize"))
                .baseUrl(sandbox.boxApi())
                .build();
    }

    private DropboxAuthorization dropbox() {
        return DropboxAuthorization.builder(sandbox.clientId(CloudService.Provider.DROPBOX))
                .page(sandbox.dropbox().resolve("/oauth2/authorize"))
                .baseUrl(sandbox.dropboxApi())
                .build();
    }

    /** A browser at the host. */
    private record Browser(MockMvc mvc, SessionConsents consents, ConsentClient client) {
        static Browser of(WebApplicationContext context) {
            return new Browser(
                    MockMvcBuilders.webAppContextSetup(context).build(),
                    context.getBean(SessionConsents.class),
                    context.getBean(ConsentClient.class));
        }

        MockHttpServletResponse open(
                String method, @Nullable HttpSession session, @Nullable String query, Map<String, String> headers) {
            MockHttpServletRequestBuilder request = request(
                    HttpMethod.valueOf(method), URI.create("/consents/callback" + (query == null ? "" : "?" + query)));
            if (session != null) {
                request = request.session((MockHttpSession) session);
            }
            headers.forEach(request::header);
            try {
                MockHttpServletResponse response =
                        mvc.perform(request).andReturn().getResponse();
                assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
                assertThat(response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
                return response;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        MockHttpServletResponse open(@Nullable HttpSession session, @Nullable String query) {
            return open("GET", session, query, Map.of());
        }
    }

    private void inAHost(ThrowingConsumer<Browser> test) {
        context.run(c -> test.accept(Browser.of(c)));
    }

    /** What the vendor sends back for a consent that was begun in the session. */
    private String answerTo(Browser browser, HttpSession where, CloudService.Provider provider) {
        PendingConsent pending = browser.consents()
                .begin(
                        where,
                        ConsentRequest.builder(customer, provider, REGISTERED).build());
        return person.consent(pending.authorizationUrl()).orElseThrow().getRawQuery();
    }

    private static String text(MockHttpServletResponse response) {
        assertThat(response.getContentType()).isEqualTo("text/plain;charset=UTF-8");
        return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private static String words(ConsentOutcome outcome, Locale language) {
        return outcome.explanation().message().in(language);
    }

    // ---- languages

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "ja                  | ja",
                "ja-JP,en;q=0.5      | ja",
                "en-GB,ja;q=0.9      | en",
                "fr,ja;q=0.5         | ja",
                "fr                  | en",
                "-                   | en",
                "*                   | en"
            })
    void answer_isInTheBrowsersLanguage(@Nullable String accepted, String language) {
        inAHost(browser -> {
            String query = answerTo(browser, session, CloudService.Provider.BOX);

            MockHttpServletResponse response = browser.open(
                    "GET", session, query, accepted == null ? Map.of() : Map.of("Accept-Language", accepted));

            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(text(response))
                    .matches(language.equals("ja") ? "(?s).*[\\u3040-\\u30ff].*" : "[\\x00-\\x7f–’]*");
            assertThat(browser.client().grant(customer, CloudService.Provider.BOX))
                    .isPresent();
        });
    }

    @Test
    void answer_toABrowserThatNamesNone_isAsSet() {
        context.withPropertyValues("kaitsu.consent.language=ja").run(c -> {
            MockHttpServletResponse response = Browser.of(c).open(session, "state=x&code=y");
            assertThat(text(response)).contains(words(new ConsentOutcome.StateMismatch(), Locale.JAPANESE));
        });
    }

    // ---- sessions

    @Test
    void answer_inAnotherSession_changesNothing() {
        inAHost(browser -> {
            String query = answerTo(browser, session, CloudService.Provider.BOX);
            MockHttpSession another = new MockHttpSession();
            answerTo(browser, another, CloudService.Provider.DROPBOX); // it has begun one itself

            for (HttpSession wrong : new HttpSession[] {null, new MockHttpSession(), another}) {
                MockHttpServletResponse refused = browser.open(wrong, query);
                assertThat(refused.getStatus()).isEqualTo(400);
                assertThat(text(refused)).contains(words(new ConsentOutcome.StateMismatch(), Locale.ENGLISH));
            }
            assertThat(browser.client().grant(customer, CloudService.Provider.BOX))
                    .isEmpty();

            assertThat(browser.open(session, query).getStatus()).isEqualTo(200);
            assertThat(browser.client().grant(customer, CloudService.Provider.BOX))
                    .isPresent();
            assertThat(browser.open(session, query).getStatus()).isEqualTo(400); // once
        });
    }

    @Test
    void several_begunInOneSession_areAnsweredInAnyOrder() {
        inAHost(browser -> {
            String first = answerTo(browser, session, CloudService.Provider.BOX);
            String second = answerTo(browser, session, CloudService.Provider.DROPBOX);
            assertThat(browser.client().pending(customer)).hasSize(2);

            assertThat(browser.open(session, second).getStatus()).isEqualTo(200);
            assertThat(browser.client().grant(customer, CloudService.Provider.DROPBOX))
                    .isPresent();
            assertThat(browser.client().grant(customer, CloudService.Provider.BOX))
                    .isEmpty();
            assertThat(browser.open(session, first).getStatus()).isEqualTo(200);
            assertThat(browser.client().grant(customer, CloudService.Provider.BOX))
                    .isPresent();
            assertThat(Collections.list(session.getAttributeNames())).isEmpty();
        });
    }

    // ---- who comes

    @ParameterizedTest
    @CsvSource({
        "GET,  Sec-Purpose,    prefetch",
        "GET,  Sec-Purpose,    prefetch;prerender",
        "GET,  Purpose,        prefetch",
        "GET,  X-Moz,          prefetch",
        "GET,  Sec-Fetch-Dest, image",
        "GET,  Sec-Fetch-Dest, iframe",
        "GET,  Sec-Fetch-Mode, cors",
        "HEAD, Accept,         */*",
        "POST, Accept,         */*",
        "PUT,  Accept,         */*"
    })
    void whateverIsNoPerson_usesNothingUp(String method, String header, String value) {
        inAHost(browser -> {
            String query = answerTo(browser, session, CloudService.Provider.BOX);

            MockHttpServletResponse ahead = browser.open(method, session, query, Map.of(header, value));
            assertThat(ahead.getStatus()).isEqualTo(404);
            assertThat(ahead.getContentAsByteArray()).isEmpty();

            Map<String, String> there = Map.of("Sec-Fetch-Dest", "document", "Sec-Fetch-Mode", "navigate");
            assertThat(browser.open("GET", session, query, there).getStatus()).isEqualTo(200);
        });
    }

    // ---- what comes

    @ParameterizedTest
    @ValueSource(strings = {"", "state=x", "code=y", "%", "state=%zz", "a|b", "state=x&state=y&code=z"})
    void whatIsNoAnswer_isRefused(String query) {
        inAHost(browser -> {
            answerTo(browser, session, CloudService.Provider.BOX);
            MockMvc mvc = browser.mvc();
            MockHttpServletResponse response = mvc.perform(request(HttpMethod.GET, URI.create("/consents/callback"))
                            .with(r -> {
                                r.setQueryString(query);
                                return r;
                            })
                            .session(session))
                    .andReturn()
                    .getResponse();
            assertThat(response.getStatus()).isEqualTo(400);
            assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
            assertThat(text(response)).isNotBlank();
            assertThat(browser.client().pending(customer)).hasSize(1);
        });
    }

    @Test
    void aRefusalOfThePerson_isAnAnswerToo() {
        sandbox.faults().nextConsent(CloudService.Provider.BOX, new ConsentFault.Denied());
        inAHost(browser -> {
            MockHttpServletResponse response =
                    browser.open(session, answerTo(browser, session, CloudService.Provider.BOX));
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(text(response))
                    .contains(words(new ConsentOutcome.Denied(CloudService.Provider.BOX), Locale.ENGLISH));
        });
    }

    @Test
    void answer_goesOnToTheHostsPage_ifThereIsOne() {
        ConsentPage page = (outcome, request) -> {
            request.getSession().setAttribute("outcome", outcome.getClass().getSimpleName());
            return URI.create("/connected");
        };
        context.withBean(ConsentPage.class, () -> page).run(c -> {
            Browser browser = Browser.of(c);
            MockHttpServletResponse response =
                    browser.open(session, answerTo(browser, session, CloudService.Provider.BOX));
            assertThat(response.getStatus()).isEqualTo(303);
            assertThat(response.getHeader("Location")).isEqualTo("/connected");
            assertThat(session.getAttribute("outcome")).isEqualTo("Granted");
        });
    }

    // ---- where it is

    @Test
    void withoutAPath_thereIsNoCallback() {
        bare.run(c -> assertThat(c).hasSingleBean(ConsentClient.class).doesNotHaveBean(SessionConsents.class));
    }

    @Test
    void withoutTheWeb_thereIsNoCallback() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        KaitsuProvidersAutoConfiguration.class,
                        KaitsuConsentAutoConfiguration.class,
                        KaitsuConsentWebAutoConfiguration.class))
                .withBean(CredentialStore.class, MemoryCredentialStore::new)
                .withBean(AuthorizationServer.class, this::box)
                .withPropertyValues("kaitsu.consent.callback-path=/consents/callback")
                .run(c -> assertThat(c).hasSingleBean(ConsentClient.class).doesNotHaveBean(SessionConsents.class));
    }
}
