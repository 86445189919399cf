package io.github.kaitsu.spring;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set in {@code application.yaml}. Whatever is not plain data is a bean of the host: see {@code docs/spring-boot.md}.
 *
 * @param start Whether this process advances activations; if not, it only reads and answers.
 * @param shutdownPatience How long what is under way may take to come to its end at shutdown, before it is interrupted.
 * @param retention How long ended activations are kept before they are forgotten. For ever by default.
 * @param looksAtOnce How many looks at the providers are made at once.
 * @param store Where activations are kept, unless the host has a store of its own.
 * @param policy How often and how long an activation tries.
 * @param consent The consent to the embedding team's own apps.
 * @param invite Links for customers' administrators and the pages behind them.
 */
@ConfigurationProperties("kaitsu")
public record KaitsuProperties(
        @DefaultValue("true") boolean start,
        @DefaultValue("20s") Duration shutdownPatience,
        @Nullable Duration retention,
        @DefaultValue LooksAtOnce looksAtOnce,
        @DefaultValue Store store,
        @DefaultValue Policy policy,
        @DefaultValue Consent consent,
        @DefaultValue Invite invite) {

    /**
     * How many looks at the providers are made at once.
     *
     * @param perProvider Of all customers together.
     * @param perCustomer At all providers together, so that a customer with many activations delays nobody else.
     */
    public record LooksAtOnce(
            @DefaultValue("64") int perProvider,
            @DefaultValue("4") int perCustomer) {}

    /**
     * Where activations are kept.
     *
     * @param folder A folder of this machine, for the store alone. Several processes of the machine may share it.
     * @param memory Keeps activations in memory, so that they end with the process. For tests.
     * @param jdbc Keeps activations in the host's data source, PostgreSQL or H2; needs kaitsu-cluster.
     * @param sharedAlarm Wakes each activation at one of all nodes that share the data source, instead of at each; PostgreSQL only.
     * @param migrate Brings the database's tables up to date at the start; needs Flyway.
     */
    public record Store(
            @Nullable Path folder,
            @DefaultValue("false") boolean memory,
            @DefaultValue("false") boolean jdbc,
            @DefaultValue("false") boolean sharedAlarm,
            @DefaultValue("false") boolean migrate) {}

    /**
     * How often and how long an activation tries; what is not set is as {@code ActivationRetryPolicy} has it.
     *
     * @param linkRounds Rounds that may link nothing before a service fails. 3 by default, at least 1.
     * @param stallRounds Times that a synchronisation which stays pending is waited for or linked again before a service fails. 2 by
     *     default.
     * @param stallFactor A synchronisation is stalled after this many times the longest expected time. 3 by default, at least 1.
     * @param longestExpected Expected synchronisation at many users. 4 hours by default.
     * @param shortestExpected Expected synchronisation at few users. 10 minutes by default.
     * @param settle How long after a grant the console may not list the service yet. 2 minutes by default.
     * @param baselineAge How old a reading of the console may be when a grant is offered. 1 hour by default.
     * @param firstLook Shortest time between two looks of a machine. 30 seconds by default.
     * @param lookFraction This part of the time already waited is waited between two looks of a machine. 0.05 by default.
     * @param overdueAfter When an unanswered action is called overdue. 24 hours by default.
     * @param askings How often a step is asked again before it counts as failed. 3 by default, at least 1.
     */
    public record Policy(
            @Nullable Integer linkRounds,
            @Nullable Integer stallRounds,
            @Nullable Integer stallFactor,
            @Nullable Duration longestExpected,
            @Nullable Duration shortestExpected,
            @Nullable Duration settle,
            @Nullable Duration baselineAge,
            @Nullable Duration firstLook,
            @Nullable Double lookFraction,
            @Nullable Duration overdueAfter,
            @Nullable Integer askings) {}

    /**
     * The consent to the embedding team's own apps; used as soon as there is an app, here or as a bean.
     *
     * @param folder A folder of this machine for encrypted grants, unless the host has a credential store of its own.
     * @param keyFile The file with the key that encrypts grants; somewhere else than the folder.
     * @param olderKeyFiles Files with keys that grants may still be encrypted with.
     * @param callbackPath Path at which vendors' answers arrive, as registered with the apps. None by default: no callback is offered.
     * @param language Language of the callback's texts for a browser that names none.
     * @param box The app registered at Box.
     * @param dropbox The app registered at Dropbox.
     * @param google The app registered at Google.
     * @param microsoft365 The app registered at Microsoft.
     */
    public record Consent(
            @Nullable Path folder,
            @Nullable Path keyFile,
            @DefaultValue List<Path> olderKeyFiles,
            @Nullable String callbackPath,
            @DefaultValue("en") Locale language,
            @DefaultValue App box,
            @DefaultValue App dropbox,
            @DefaultValue App google,
            @DefaultValue App microsoft365) {}

    /**
     * Links for customers' administrators and the pages behind them; needs {@code kaitsu-invite}.
     *
     * @param baseUrl Where browsers find the pages, such as https://portal.example.co.jp/invite. None by default: there are no links.
     * @param path The same as this application sees it, below its context path.
     * @param folder A folder of this machine for invitations alone, unless the host has a store of its own.
     * @param consent Whether the pages ask for the consent to the embedding team's own apps; register base-url and /consent with them.
     */
    public record Invite(
            @Nullable URI baseUrl,
            @DefaultValue("/invite") String path,
            @Nullable Path folder,
            @DefaultValue("false") boolean consent) {}

    /**
     * An app as registered at a provider.
     *
     * @param clientId The app's client ID, at Dropbox its app key.
     * @param clientSecret The app's secret. Box and Google need one; Dropbox's app has none; Microsoft's web apps have one.
     */
    public record App(@Nullable String clientId, @Nullable String clientSecret) {
        @Override
        public String toString() {
            return "App[" + clientId + "]";
        }
    }
}
