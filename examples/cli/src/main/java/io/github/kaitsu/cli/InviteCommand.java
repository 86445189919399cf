package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.invite.FileInvitationStore;
import io.github.kaitsu.invite.Invitation;
import io.github.kaitsu.invite.InvitationRequest;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.invite.Invitations.Minted;
import io.github.kaitsu.operator.Role;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Mints a link for one administrator, lists and revokes links, and serves the pages behind them. */
@Command(name = "invite")
final class InviteCommand extends Subcommand {
    /** The activation store leaves this name to the command. */
    private static final String FOLDER = "invitations";

    private static final String LOCAL = "http://127.0.0.1:";

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTIVATION", descriptionKey = "INVITED-TO")
    private @Nullable String activation;

    @Option(names = "--role", paramLabel = "ROLE")
    private @Nullable String role;

    @Option(names = "--base-url", paramLabel = "URL")
    private @Nullable String baseUrl;

    @Option(names = "--invited", paramLabel = "WHO")
    private @Nullable String invited;

    @Option(names = "--days", paramLabel = "N")
    private @Nullable String days;

    @Option(names = "--code")
    private boolean withCode;

    @Option(names = "--revoke", paramLabel = "ID", descriptionKey = "revoke-invitation")
    private @Nullable String revoked;

    @Option(names = "--serve", paramLabel = "PORT")
    private @Nullable String port;

    @Mixin
    private StoreOptions store = new StoreOptions();

    static Invitations invitations(Workspace workspace) {
        return Invitations.in(
                FileInvitationStore.at(workspace.folder().toAbsolutePath().resolve(FOLDER)));
    }

    @Override
    int run(Invocation call) throws Exception {
        Workspace workspace = store.required(call);
        if (port != null) {
            int free = port(port);
            return InviteServer.serve(call, workspace, free, bound -> base(baseUrl == null ? LOCAL + bound : baseUrl));
        } else if (revoked != null) {
            return revoke(call, workspace, revoked);
        }
        ActivationView run;
        try (ActivationClient client = Desk.client(workspace, Clock.systemUTC())) {
            run = workspace.run(client, Optional.ofNullable(activation).map(ActivationId::of));
        }
        if (role == null && baseUrl == null) {
            return list(call, workspace, run);
        } else if (role == null) {
            throw Refusal.usage("missing", "--role");
        } else if (baseUrl == null) {
            throw Refusal.usage("missing", "--base-url");
        }
        return mint(call, workspace, run, base(baseUrl));
    }

    // ---- links

    private int mint(Invocation call, Workspace workspace, ActivationView run, URI base) {
        Role whose = Role.parse(String.valueOf(role))
                .filter(r -> r != Role.HOST)
                .orElseThrow(() -> Refusal.usage("role", String.valueOf(role)));
        InvitationRequest request = InvitationRequest.of(
                        run.id(), whose, invited == null ? name(whose.label(call.locale())) : invited)
                .in(call.locale())
                .lasting(life());
        Minted minted = invitations(workspace).mint(withCode ? request.askingForCode() : request);
        Times times = new Times(call);
        List<String> lines = new ArrayList<>(List.of(
                call.text("invite.minted", run.id(), whose.label(call.locale())),
                minted.link(base).toString(),
                call.text("invite.until", times.japan(minted.invitation().expires()), request.invited())));
        minted.code().ifPresent(code -> lines.add(call.text("invite.code", code)));
        lines.add(call.text("invite.revoke", minted.invitation().id()));
        ObjectNode json = document(call, minted.invitation())
                .put("link", minted.link(base).toString());
        minted.code().ifPresent(code -> json.put("code", code));
        call.finish(json, String.join("\n", lines));
        return Exits.SUCCESS;
    }

    /** A role's words without what stands in brackets. */
    private static String name(String role) {
        return role.replaceAll(" ?[（(].*", "");
    }

    private int list(Invocation call, Workspace workspace, ActivationView run) {
        Times times = new Times(call);
        ObjectNode json = Json.object();
        json.putArray("invitations");
        List<String> lines = new ArrayList<>();
        for (Invitation invitation : invitations(workspace).of(run.id())) {
            ObjectNode one = document(call, invitation);
            json.withArray("invitations").add(one);
            lines.add(call.text(
                    "invite.listed",
                    invitation.id(),
                    invitation.role().label(call.locale()),
                    invitation.invited(),
                    call.text("invite.state." + one.get("state").asText()),
                    times.japan(invitation.expires())));
        }
        call.finish(json, lines.isEmpty() ? call.text("invite.nothing", run.id()) : String.join("\n", lines));
        return Exits.SUCCESS;
    }

    private static int revoke(Invocation call, Workspace workspace, String id) {
        if (!invitations(workspace).revoke(id)) {
            throw Refusal.usage("invitation", id);
        }
        call.finish(Json.object().put("revoked", id), call.text("invite.revoked", id));
        return Exits.SUCCESS;
    }

    private static ObjectNode document(Invocation call, Invitation invitation) {
        return Json.object()
                .put("id", invitation.id())
                .put("activation", invitation.activation().value())
                .put("role", invitation.role().name())
                .put("roleText", invitation.role().label(call.locale()))
                .put("invited", invitation.invited())
                .put("state", invitation.state(Instant.now()).name())
                .put("expires", invitation.expires().toString());
    }

    // ---- the command line

    private Duration life() {
        long longest = InvitationRequest.LONGEST.toDays();
        try {
            long wanted = days == null ? longest : Long.parseLong(days);
            if (wanted >= 1 && wanted <= longest) {
                return Duration.ofDays(wanted);
            }
        } catch (NumberFormatException e) {
            // as any other number that is none
        }
        throw Refusal.usage("invited-days", String.valueOf(days), longest);
    }

    private static int port(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as any other number that is none
        }
        throw Refusal.usage("serve", text);
    }

    private static URI base(String text) {
        try {
            URI base = new URI(text.strip());
            boolean isWeb = "https".equalsIgnoreCase(base.getScheme()) || "http".equalsIgnoreCase(base.getScheme());
            if (isWeb
                    && base.getHost() != null
                    && base.getRawQuery() == null
                    && base.getRawFragment() == null
                    && base.getRawUserInfo() == null) {
                return base;
            }
        } catch (URISyntaxException e) {
            // as any other address that is none
        }
        throw Refusal.usage("base-url", text);
    }
}
