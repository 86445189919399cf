package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.cli.RunFolder.Place;
import io.github.kaitsu.sandbox.Sandbox;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes services again: as a plan, or as a run with the same operators. */
@Command(name = "deactivate")
final class DeactivateCommand extends Subcommand {
    @Mixin
    private CustomerOptions customer = new CustomerOptions();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--activation", paramLabel = "ID")
    private @Nullable String activation;

    @Option(names = "--services", paramLabel = "a,b|all")
    private @Nullable String services;

    @Option(names = "--console-origin", paramLabel = "URL")
    private @Nullable String consoleOrigin;

    @Mixin
    private HostOptions host = new HostOptions();

    @Option(names = "--company-name", paramLabel = "NAME")
    private @Nullable String companyName;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Override
    int run(Invocation call) throws InterruptedException {
        Workspace workspace = store.required(call);
        RunFolder folder = new RunFolder(Optional.of(workspace));
        try (ActivationClient client = Desk.client(workspace, Clock.systemUTC())) {
            List<ActivationView> activations = workspace.runs(client).stream()
                    .filter(Predicate.not(ActivationView::removal))
                    .filter(v -> !customer.isGiven() || v.customer().equals(customer.required()))
                    .toList();
            Optional<ActivationView> newest = activations.stream().max(Comparator.comparing(ActivationView::begunAt));
            CustomerId whom = newest.map(ActivationView::customer).orElseGet(customer::required);
            RemovalRequest request = request(whom, newest);
            if (dryRun) {
                PlanCommand.print(call, client.planRemoval(request));
                return Exits.SUCCESS;
            }
            Choice before = newest.map(v -> workspace.choice(v.id()))
                    .orElse(new Choice(OperatorKind.TERMINAL, Optional.empty(), true));
            Optional<ActivationId> named = Optional.ofNullable(activation).map(ActivationId::of);
            Place place = folder.place(whom, named, "removal", false);
            confirm(call, request, newest, before.sandbox().isPresent());
            Optional<Sandbox> sandbox = newest.flatMap(v -> SandboxAgain.of(workspace, before, v));
            return remove(call, folder, new Place(place.id(), before.sandbox()), sandbox, before, request);
        }
    }

    /**
     * Nothing is removed before the company's name was typed: whoever took the wrong folder notices. Where no company is known it is
     * the account's. Scripts may leave it out in a sandbox, where nothing real is removed.
     */
    private void confirm(Invocation call, RemovalRequest request, Optional<ActivationView> newest, boolean inSandbox) {
        Optional<String> company = newest.flatMap(ActivationView::company);
        String name = company.orElse(request.customer().account());
        Optional<String> typed = Optional.ofNullable(companyName);
        if (typed.isEmpty() && call.isInteractive()) {
            call.say(call.text(
                    company.isPresent() ? "deactivate.type-company" : "deactivate.type-account",
                    call.labels(request.services()),
                    CommandWords.customer(company, request.customer().organisation()),
                    request.customer().site(),
                    request.customer().account()));
            typed = Optional.of(call.io().line());
        }
        if (typed.isEmpty()) {
            if (!inSandbox) {
                throw Refusal.usage(company.isPresent() ? "company-name" : "account-name");
            }
        } else if (!bare(typed.get()).equals(bare(name))) {
            throw Refusal.usage(company.isPresent() ? "other-company" : "other-account", Safe.line(typed.get()));
        }
    }

    /** As two people who mean the same may write it. */
    private static String bare(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Z}]+", "");
    }

    private int remove(
            Invocation call,
            RunFolder folder,
            Place place,
            Optional<Sandbox> sandbox,
            Choice before,
            RemovalRequest request)
            throws InterruptedException {
        OperatorKind kind = operator.kind().orElse(before.operator());
        CustomerId whom = request.customer();
        try (Session session =
                Session.open(call, operator.setting(whom, folder.workspace(), sandbox, kind, before.connected()))) {
            session.client().beginRemoval(place.id(), request);
            folder.remember(place.id(), new Choice(kind, place.sandbox(), before.connected()));
            call.say(call.text(
                    "deactivate",
                    place.id(),
                    call.labels(request.services()),
                    CommandWords.customer(request.company(), whom.organisation()),
                    whom.site(),
                    whom.account()));
            return session.bringForward(place.id());
        }
    }

    /** The company is still called as in the newest activation, unless it is named anew. */
    private RemovalRequest request(CustomerId whom, Optional<ActivationView> newest) {
        RemovalRequest.Builder request =
                RemovalRequest.builder(whom).services(services(newest)).labels(host.labels());
        host.company().or(() -> newest.flatMap(ActivationView::company)).ifPresent(request::company);
        host.reference().ifPresent(request::reference);
        if (consoleOrigin != null) {
            request.consoleOrigin(consoleOrigin);
        }
        return request.build();
    }

    /** Those named; else those that the newest activation protected. */
    private Set<CloudService> services(Optional<ActivationView> newest) {
        if (services != null) {
            return EnumSet.copyOf(CommandWords.services(services));
        }
        List<CloudService> protectedOnes = newest.stream()
                .flatMap(v -> v.services().stream())
                .filter(s -> s.status() == ActivationStatus.PROTECTED)
                .map(ServiceView::service)
                .toList();
        if (protectedOnes.isEmpty()) {
            throw Refusal.usage("nothing-protected");
        }
        return EnumSet.copyOf(protectedOnes);
    }
}
