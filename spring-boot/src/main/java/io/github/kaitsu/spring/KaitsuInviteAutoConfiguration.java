package io.github.kaitsu.spring;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.invite.AdministratorPage;
import io.github.kaitsu.invite.FileInvitationStore;
import io.github.kaitsu.invite.InvitationStore;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.invite.MemoryInvitationStore;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Links for administrators and the pages behind them, as soon as {@code kaitsu.invite.base-url} says where they are served. */
@AutoConfiguration(after = KaitsuAutoConfiguration.class)
@ConditionalOnClass(AdministratorPage.class)
@ConditionalOnProperty("kaitsu.invite.base-url")
public final class KaitsuInviteAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    InvitationStore kaitsuInvitationStore(KaitsuProperties properties) {
        Path folder = properties.invite().folder();
        if (folder == null && !properties.store().memory()) {
            throw new IncompleteConfigurationException(
                    "Nothing says where invitations are kept.",
                    "Set kaitsu.invite.folder to a folder of this machine, or define a bean of type InvitationStore.");
        }
        return folder == null ? new MemoryInvitationStore() : FileInvitationStore.at(folder);
    }

    /** A record keeper too, so that the client erases what is kept of a run when it is forgotten. */
    @Bean
    @ConditionalOnMissingBean
    Invitations kaitsuInvitations(InvitationStore store) {
        return Invitations.in(store);
    }

    @Bean
    @ConditionalOnMissingBean
    AdministratorPage kaitsuAdministratorPage(
            ActivationClient client,
            Invitations invitations,
            ObjectProvider<ConsentClient> consents,
            KaitsuProperties properties) {
        AdministratorPage.Builder page = AdministratorPage.builder(
                client, invitations, Objects.requireNonNull(properties.invite().baseUrl()));
        if (properties.invite().consent()) {
            page.consents(consents.getObject());
        }
        return page.build();
    }
}
