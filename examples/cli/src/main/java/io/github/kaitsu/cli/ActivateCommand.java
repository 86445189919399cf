package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.cli.RunFolder.Place;
import io.github.kaitsu.sandbox.Sandbox;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A whole activation: against the embedded sandbox, or for real with the person at the terminal. */
@Command(name = "activate")
final class ActivateCommand extends Subcommand {
    @Mixin
    private CustomerOptions customer = new CustomerOptions();

    @Mixin
    private RequestOptions options = new RequestOptions();

    @Mixin
    private SandboxOptions inSandbox = new SandboxOptions();

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--activation", paramLabel = "ID")
    private @Nullable String activation;

    @Override
    int run(Invocation call) throws InterruptedException {
        boolean sandboxed = inSandbox.isWanted();
        CustomerId whom = sandboxed ? customer.orManuals() : customer.required();
        ActivationRequest request = (sandboxed ? options.inSandbox(whom) : options.of(whom)).build();
        boolean connected = connections.areWanted();
        OperatorKind kind = operator.kind().orElse(sandboxed ? OperatorKind.SCRIPT : OperatorKind.TERMINAL);
        RunFolder folder = new RunFolder(store.workspace(call));
        Optional<ActivationId> named = Optional.ofNullable(activation).map(ActivationId::of);
        Place place = folder.place(whom, named, "activation", sandboxed);
        Optional<Sandbox> sandbox = sandboxed
                ? Optional.of(
                        folder.start(place, inSandbox.of(whom, options.edition(), kind == OperatorKind.BROWSER), whom))
                : Optional.empty();
        try (Session session =
                Session.open(call, operator.setting(whom, folder.workspace(), sandbox, kind, connected))) {
            ActivationClient client = session.client();
            client.begin(place.id(), request);
            folder.remember(place.id(), new Choice(kind, place.sandbox(), connected));
            call.say(call.text(
                    sandboxed ? "activate.sandbox" : "activate.real",
                    place.id(),
                    call.labels(request.services()),
                    CommandWords.customer(request.company(), whom.organisation()),
                    whom.site(),
                    whom.account()));
            sandbox.ifPresent(s -> call.say(call.text(
                    "activate.in-sandbox", s.users(), s.scenario(), s.edition().id())));
            return session.bringForward(place.id());
        }
    }
}
