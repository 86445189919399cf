package io.github.kaitsu.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.invite.AdministratorPage;
import io.github.kaitsu.invite.InvitationRequest;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.invite.Invitations.Minted;
import io.github.kaitsu.operator.Role;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The administrators' pages in an application of Spring MVC. */
class InvitePagesTest {
    private static final URI BASE = URI.create("https://portal.example.co.jp/app/links");

    private final WebApplicationContextRunner bare = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    KaitsuProvidersAutoConfiguration.class,
                    KaitsuConsentAutoConfiguration.class,
                    KaitsuAutoConfiguration.class,
                    KaitsuInviteAutoConfiguration.class,
                    KaitsuInviteWebAutoConfiguration.class))
            .withPropertyValues("kaitsu.store.memory=true", "kaitsu.start=false");
    private final WebApplicationContextRunner context =
            bare.withPropertyValues("kaitsu.invite.base-url=" + BASE, "kaitsu.invite.path=/links");

    private static MockHttpServletResponse open(MockMvc mvc, String method, String path) throws Exception {
        return mvc.perform(request(HttpMethod.valueOf(method), URI.create(path)))
                .andReturn()
                .getResponse();
    }

    @Test
    void aLink_isServedBelowThePath_withEveryHeader_andWhatElseIsThereStays(@TempDir Path folder) {
        context.withPropertyValues("kaitsu.invite.folder=" + folder.resolve("links"))
                .run(c -> {
                    ActivationClient client = c.getBean(ActivationClient.class);
                    ActivationId run = ActivationId.of("spring");
                    client.begin(
                            run,
                            ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, "CAS0001"))
                                    .company("株式会社サンプル商事")
                                    .services(CloudService.BOX)
                                    .build());
                    client.advance(run);
                    Minted minted = c.getBean(Invitations.class)
                            .mint(InvitationRequest.of(run, Role.CONSOLE, "sato@example.co.jp"));
                    assertThat(minted.link(BASE)).isEqualTo(URI.create(BASE + "/" + minted.token()));
                    assertThat(Files.exists(folder.resolve(
                                    "links/" + minted.invitation().id() + ".invitation")))
                            .isTrue();
                    MockMvc mvc = MockMvcBuilders.webAppContextSetup(c).build();

                    MockHttpServletResponse page = open(mvc, "GET", "/links/" + minted.token());
                    assertThat(page.getStatus()).isEqualTo(200);
                    assertThat(page.getContentAsString()).contains("株式会社サンプル商事", "準備できました");
                    assertThat(page.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
                    assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
                    assertThat(page.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
                    assertThat(page.getHeader("Content-Security-Policy")).startsWith("default-src 'none'");
                    assertThat(page.getHeader("Set-Cookie"))
                            .contains("Path=/app/links/" + minted.token(), "HttpOnly", "Secure");
                    assertThat(open(mvc, "POST", "/links/" + minted.token()).getStatus())
                            .isEqualTo(403);
                    assertThat(open(mvc, "PUT", "/links/" + minted.token()).getStatus())
                            .isEqualTo(405);
                    assertThat(open(mvc, "GET", "/links").getStatus()).isEqualTo(404);
                    assertThat(open(mvc, "GET", "/elsewhere").getHeader("Content-Security-Policy"))
                            .isNull();

                    client.cancel(run, "sato@example.co.jp");
                    client.advance(run);
                    client.forget(run);
                    assertThat(c.getBean(Invitations.class).of(run))
                            .as("forgotten with its run")
                            .isEmpty();
                });
    }

    @Test
    void withoutAnAddressOrWithoutTheModule_thereIsNoPage() {
        bare.run(c -> assertThat(c).hasNotFailed().doesNotHaveBean(Invitations.class));
        context.withClassLoader(new FilteredClassLoader("io.github.kaitsu.invite"))
                .run(c -> assertThat(c).hasNotFailed());
        context.run(c -> assertThat(c).hasSingleBean(AdministratorPage.class));
    }

    @Test
    void withNowhereToKeepInvitations_itSaysWhatIsMissing(@TempDir Path folder) {
        bare.withPropertyValues(
                        "kaitsu.store.memory=false", "kaitsu.store.folder=" + folder, "kaitsu.invite.base-url=" + BASE)
                .run(c -> assertThat(c).getFailure().rootCause().hasMessageContaining("kaitsu.invite.folder"));
    }
}
