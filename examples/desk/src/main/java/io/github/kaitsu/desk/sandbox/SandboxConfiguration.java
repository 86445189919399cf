package io.github.kaitsu.desk.sandbox;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.desk.Customers;
import io.github.kaitsu.desk.DeskLinks;
import io.github.kaitsu.desk.DeskProperties;
import io.github.kaitsu.desk.DriftRound;
import io.github.kaitsu.desk.Invited;
import io.github.kaitsu.desk.OneTimeSignIn;
import io.github.kaitsu.desk.SampleMail;
import io.github.kaitsu.dropbox.DropboxConnection;
import io.github.kaitsu.google.GoogleConnection;
import io.github.kaitsu.invite.AdministratorPage;
import io.github.kaitsu.invite.InvitationStore;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.invite.MemoryInvitationStore;
import io.github.kaitsu.microsoft365.GraphConnection;
import io.github.kaitsu.microsoft365.SharePointConnection;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.report.EvidenceSigner;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The desk on sandboxes: time, connections, persons, the one-time sign-in, and what goes on. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
class SandboxConfiguration {
    @Bean
    StoryClock clock() {
        return new StoryClock(Instant.now().minus(Story.BEFORE));
    }

    @Bean
    Worlds worlds(StoryClock clock) {
        return new Worlds(clock);
    }

    /** One connection for each customer, so that tokens are made once. */
    private static <T> Connections<T> connections(Worlds worlds, Function<Worlds.World, T> connect) {
        ConcurrentHashMap<CustomerId, T> made = new ConcurrentHashMap<>();
        return customer -> Optional.of(made.computeIfAbsent(customer, c -> connect.apply(worlds.of(c))));
    }

    @Bean
    Connections<BoxConnection> box(Worlds worlds) {
        return connections(worlds, w -> w.connections().box(w.connections().tokens(CloudService.Provider.BOX)));
    }

    @Bean
    Connections<DropboxConnection> dropbox(Worlds worlds) {
        return connections(worlds, w -> w.connections().dropbox(w.connections().tokens(CloudService.Provider.DROPBOX)));
    }

    @Bean
    Connections<GoogleConnection> google(Worlds worlds) {
        return connections(worlds, w -> w.connections().google(w.connections().tokens(CloudService.Provider.GOOGLE)));
    }

    @Bean
    Connections<GraphConnection> graph(Worlds worlds) {
        return connections(
                worlds, w -> w.connections().graph(w.connections().tokens(CloudService.Provider.MICROSOFT365)));
    }

    @Bean
    Connections<SharePointConnection> sharePoint(Worlds worlds) {
        return connections(
                worlds,
                w -> w.connections()
                        .sharePoint(w.connections()
                                .tokens(
                                        CloudService.Provider.MICROSOFT365,
                                        w.sandbox().sharePointScope())));
    }

    @Bean
    InvitationStore invitationStore() {
        return new MemoryInvitationStore();
    }

    @Bean
    Persons persons(Worlds worlds, Invited invited) {
        return new Persons(worlds, invited);
    }

    @Bean
    DeskLinks deskLinks(Worlds worlds) {
        return worlds::leadsTo;
    }

    @Bean
    AdministratorPage administratorPage(
            ActivationClient client, Invitations invitations, DeskProperties desk, Worlds worlds) {
        return AdministratorPage.builder(client, invitations, desk.url().resolve("/invite"))
                .links(worlds::leadsTo)
                .build();
    }

    @Bean
    SampleMail sampleMail(ActivationClient client, StoryClock clock) {
        return new NextMail(client, clock);
    }

    /** Made anew at each start: what it signs proves that it came from here, and no more. */
    @Bean
    EvidenceSigner sandboxSigner() {
        return new PassingSigner();
    }

    @Bean
    OneTimeSignIn oneTimeSignIn() {
        return new OneTimeSignIn(Story.CLERK);
    }

    @Bean
    Story story(
            ActivationClient client,
            Worlds worlds,
            Persons persons,
            StoryClock clock,
            Customers customers,
            Invitations invitations,
            DriftRound drift) {
        return new Story(client, worlds, persons, clock, customers, invitations, drift);
    }

    /** The only line on the standard output: the address that leads to the customers, once. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> opening(
            Story story,
            OneTimeSignIn signIn,
            DeskProperties desk,
            @Value("${desk.sandbox.story:true}") boolean goesOn) {
        return ready -> {
            System.out.println(desk.url() + "/sign-in?once=" + signIn.mint());
            System.out.flush();
            if (goesOn) {
                story.start();
            }
        };
    }
}
