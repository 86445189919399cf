package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.consent.OwnGrant;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The customer's consent to an app of one's own, which the looks of {@code activate}, {@code resume} and {@code verify} then use:
 * asks for it, completes it from another process, lists it, gives it back.
 */
@Command(name = "consent")
final class ConsentCommand extends Subcommand {
    @Mixin
    private CustomerOptions customer = new CustomerOptions();

    @Mixin
    private SandboxOptions inSandbox = new SandboxOptions();

    @Mixin
    private StoreOptions store = new StoreOptions();

    /** A consent that is asked for here waits a day for its answer. */
    private static final int LONGEST = 24 * 60;

    @Option(names = "--provider", paramLabel = "a,b")
    private String providers = "";

    @Option(names = "--apps", paramLabel = "FILE")
    private @Nullable String apps;

    @ArgGroup
    private Way way = new Way();

    @Option(names = "--minutes", paramLabel = "N")
    private int minutes = 15;

    /** What to do other than to ask and to wait for the answer here. */
    static final class Way {
        @Option(names = "--print")
        boolean print;

        @Option(names = "--paste", paramLabel = "ID")
        @Nullable
        String paste;

        @Option(names = "--revoke")
        boolean revoke;

        @Option(names = "--discard")
        boolean discard;

        @Option(names = "--rotate-from", paramLabel = "FILE")
        @Nullable
        String rotateFrom;
    }

    @Override
    int run(Invocation call) throws InterruptedException {
        Workspace workspace = store.required(call);
        if (minutes < 0 || minutes > LONGEST) {
            throw Refusal.usage("minutes", LONGEST);
        }
        boolean sandboxed = inSandbox.isWanted() || workspace.hasSandbox();
        List<ActivationView> runs = runs(workspace);
        Optional<CustomerId> asked =
                way.paste == null ? Optional.empty() : asked(call, workspace, sandboxed, way.paste);
        CustomerId whom = asked.orElseGet(() -> whom(runs, sandboxed));
        Optional<Sandbox> sandbox = sandboxed ? Optional.of(sandbox(workspace, runs, whom)) : Optional.empty();
        try {
            List<CloudService.Provider> wanted = wanted();
            if (apps == null && !sandboxed && !Vault.isIn(workspace, sandboxed, call.io())) {
                return nothingYet(call, wanted);
            }
            try (Vault vault = way.rotateFrom == null
                    ? Vault.open(workspace, sandbox, call.io())
                    : Vault.rotated(workspace, sandbox, call.io(), Path.of(way.rotateFrom))) {
                return run(call, vault, whom, wanted, sandbox);
            }
        } finally {
            sandbox.ifPresent(Sandbox::close);
        }
    }

    private List<CloudService.Provider> wanted() {
        return CommandWords.list(providers).stream()
                .map(CommandWords::provider)
                .distinct()
                .toList();
    }

    /** No app was ever named: nothing is made, and no key. */
    private static int nothingYet(Invocation call, List<CloudService.Provider> wanted) {
        if (!wanted.isEmpty()) {
            throw noApp(wanted.get(0));
        }
        call.finish(Json.object().set("connections", Json.array()), call.text("consent.nothing-held"));
        return Exits.SUCCESS;
    }

    private int run(
            Invocation call,
            Vault vault,
            CustomerId whom,
            List<CloudService.Provider> wanted,
            Optional<Sandbox> sandbox)
            throws InterruptedException {
        if (apps != null) {
            vault.register(whom, AppFile.read(apps, call.io()));
        }
        if (way.discard) {
            if (wanted.isEmpty() && vault.discardUnreadable().isEmpty()) {
                throw Refusal.usage("discard");
            }
            wanted.forEach(p -> vault.discard(whom, p));
            return listed(call, vault, vault.client(whom), whom);
        }
        ConsentClient client = vault.client(whom);
        if (way.paste != null) {
            String pasted = InputFile.read(InputFile.STDIN, call.io());
            return ended(call, client, whom, 1, List.of(client.complete(way.paste, pasted)));
        } else if (way.revoke) {
            return revoked(call, client, whom, wanted);
        } else if (wanted.isEmpty()) {
            return listed(call, vault, client, whom);
        }
        wanted.stream().filter(p -> vault.app(whom, p).isEmpty()).findFirst().ifPresent(p -> {
            throw noApp(p);
        });
        return asked(call, vault, client, whom, wanted, sandbox);
    }

    private static Refusal noApp(CloudService.Provider provider) {
        return Refusal.usage("no-app", provider.label(), CommandWords.id(provider));
    }

    // ---- whose

    private static List<ActivationView> runs(Workspace workspace) {
        try (ActivationClient client = Desk.client(workspace, Clock.systemUTC())) {
            return workspace.runs(client);
        }
    }

    /** A pasted answer tells by itself whose it is. */
    private static Optional<CustomerId> asked(Invocation call, Workspace workspace, boolean sandboxed, String id) {
        Optional<Vault> vault = Vault.find(workspace, sandboxed, call.io());
        try {
            return vault.flatMap(v -> v.asked(id));
        } finally {
            vault.ifPresent(Vault::close);
        }
    }

    /** The one that is named; else the one whose runs are in the folder. */
    private CustomerId whom(List<ActivationView> runs, boolean sandboxed) {
        if (customer.isGiven()) {
            return customer.required();
        }
        return runs.stream()
                .max(Comparator.comparing(ActivationView::begunAt))
                .map(ActivationView::customer)
                .orElseGet(() -> sandboxed ? customer.orManuals() : customer.required());
    }

    private Sandbox sandbox(Workspace workspace, List<ActivationView> runs, CustomerId whom) {
        return inSandbox
                .of(whom, Edition.AUTO, false)
                .state(workspace.sandbox(workspace.sandboxOf(whom, runs)))
                .start();
    }

    // ---- asking

    private int asked(
            Invocation call,
            Vault vault,
            ConsentClient client,
            CustomerId whom,
            List<CloudService.Provider> wanted,
            Optional<Sandbox> sandbox)
            throws InterruptedException {
        List<ConsentOutcome> outcomes = new ArrayList<>();
        try (Consenting consenting = new Consenting(call, client, sandbox, Duration.ofMinutes(minutes))) {
            for (CloudService.Provider provider : wanted) {
                App app = vault.app(whom, provider).orElseThrow();
                if (way.print) {
                    consenting.print(whom, app);
                } else {
                    consenting.ask(whom, app).ifPresent(outcomes::add);
                }
            }
        }
        return ended(call, client, whom, wanted.size(), outcomes);
    }

    /** Granted all is success; refused one is failure; what still waits, waits for a person. */
    private static int ended(
            Invocation call, ConsentClient client, CustomerId whom, int asked, List<ConsentOutcome> outcomes) {
        ObjectNode document = document(client, whom);
        ArrayNode list = document.putArray("consents");
        outcomes.forEach(o -> list.add(ConsentText.json(o, call)));
        call.finish(document, ConsentText.lines(outcomes, client.pending(whom), call));
        if (!outcomes.stream().allMatch(ConsentOutcome.Granted.class::isInstance)) {
            return Exits.FAILED;
        }
        return outcomes.size() < asked ? Exits.AWAITS_PERSON : Exits.SUCCESS;
    }

    // ---- what there is, and giving it back

    private static int listed(Invocation call, Vault vault, ConsentClient client, CustomerId whom) {
        ObjectNode document = document(client, whom);
        List<String> lines = new ArrayList<>();
        lines.add(ConsentText.held(held(client, whom), client.pending(whom), call));
        ArrayNode unreadable = document.putArray("unreadable");
        vault.unreadable().forEach((file, why) -> {
            unreadable.addObject().put("file", file).put("code", why.name());
            lines.add(call.text("consent.unreadable-file", file, why));
        });
        call.finish(document, String.join("\n", lines));
        return Exits.SUCCESS;
    }

    private static int revoked(
            Invocation call, ConsentClient client, CustomerId whom, List<CloudService.Provider> wanted)
            throws InterruptedException {
        List<CloudService.Provider> those = wanted.isEmpty() ? List.copyOf(client.held(whom)) : wanted;
        List<String> lines = new ArrayList<>();
        ArrayNode returned = Json.array();
        boolean all = true;
        for (CloudService.Provider provider : those) {
            OwnAccess.Returned what = client.disconnect(whom, provider);
            all &= what != OwnAccess.Returned.NOT_REVOKED;
            returned.addObject().put("provider", provider.name()).put("returned", what.name());
            lines.add(call.text("consent.returned." + what, provider.label()));
        }
        if (lines.isEmpty()) {
            lines.add(call.text("consent.nothing-held"));
        }
        ObjectNode document = document(client, whom);
        document.set("returned", returned);
        call.finish(document, String.join("\n", lines));
        return all ? Exits.SUCCESS : Exits.FAILED;
    }

    private static List<OwnGrant> held(ConsentClient client, CustomerId whom) {
        List<OwnGrant> held = new ArrayList<>();
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            try {
                client.grant(whom, provider).ifPresent(held::add);
            } catch (KaitsuException e) {
                if (e.code() != ErrorCode.STORE_CORRUPT && e.code() != ErrorCode.CREDENTIAL_ROLLED_BACK) {
                    throw e;
                } // else it is listed as unreadable
            }
        }
        return held;
    }

    private static ObjectNode document(ConsentClient client, CustomerId whom) {
        ObjectNode document = Json.object();
        document.set("customer", Json.customer(whom));
        ArrayNode connections = document.putArray("connections");
        held(client, whom).forEach(g -> connections.add(ConsentText.json(g)));
        ArrayNode pending = document.putArray("pending");
        for (PendingConsent p : client.pending(whom)) {
            pending.add(ConsentText.json(p));
        }
        return document;
    }
}
