package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.fleet.FleetDrift;
import io.github.kaitsu.fleet.FleetDrift.Looked;
import io.github.kaitsu.fleet.FleetDrift.Notice;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.RunHead;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks again at what was proved for all customers: who has lost what, and once for each cause what hindered the looks. */
@Command(name = "verify")
final class FleetVerifyCommand extends Subcommand {
    /** Each is another tenant; the vendors' limits are by tenant. */
    private static final int AT_ONCE = 8;

    @Option(names = "--format", paramLabel = "text|csv", descriptionKey = "fleet-text-format")
    private String format = "text";

    @Mixin
    private FleetSome wanted = new FleetSome();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    int run(Invocation call) throws InterruptedException {
        boolean csv = FleetFormats.isCsv(format);
        Workspace workspace = store.required(call);
        Map<ActivationId, Choice> choices = workspace.choices();
        try (Everyone everyone = new Everyone(call, workspace);
                ActivationClient real = everyone.client()) {
            FleetDrift drift = Fleet.of(real)
                    .verify(
                            wanted.query(),
                            AT_ONCE,
                            (run, services) -> {
                                Choice choice = choices.get(run.id());
                                return choice == null || choice.sandbox().isEmpty()
                                        ? real.verify(run.customer(), services)
                                        : inSandbox(call, workspace, run, services, choice);
                            },
                            one -> {});
            if (csv) {
                FleetFormats.csv(call, drift.csv(call.locale()));
            } else {
                print(call, drift);
            }
            return exit(drift);
        }
    }

    /** In the customer's own sandbox, whose person reads the console where a reading is wanted. */
    private static DriftReport inSandbox(
            Invocation call, Workspace workspace, RunHead run, Set<CloudService> services, Choice choice)
            throws InterruptedException {
        try (Sandbox sandbox = SandboxAgain.of(
                        workspace, choice.sandbox().orElseThrow(), run.customer(), run.begunAt(), Sandbox.builder());
                Access access = Access.of(call, Optional.of(workspace), Optional.of(sandbox), run.customer());
                ActivationClient client = ActivationClient.builder()
                        .provisioners(Provisioners.of(
                                choice.connected(), new Links(run.customer(), access.consents(), Optional.of(sandbox))))
                        .store(workspace.store())
                        .clock(sandbox.clock())
                        .build()) {
            DriftReport drift = client.verify(run.customer(), services);
            Optional<Answer.Saw> pages = choice.operator() == OperatorKind.SCRIPT
                    ? VerifyCommand.read(call, drift, sandbox)
                    : Optional.empty();
            return pages.isPresent() ? client.verify(run.customer(), pages.get()) : drift;
        }
    }

    // ---- what came of it

    private static int exit(FleetDrift drift) {
        if (!drift.lost().isEmpty()) {
            return Exits.FAILED;
        } else if (!drift.troubles().isEmpty()) {
            return Exits.ERROR;
        } else if (!drift.notices().isEmpty()) {
            return Exits.AWAITS_TIME;
        }
        return drift.customers().stream()
                .map(Looked::report)
                .map(DriftVerdict::of)
                .mapToInt(DriftVerdict::exit)
                .max()
                .orElse(Exits.SUCCESS);
    }

    private static void print(Invocation call, FleetDrift drift) {
        ObjectNode json = Json.object().put("customers", drift.customers().size());
        List<String> lines = new ArrayList<>();
        notices(call, drift, json.putArray("notices"), lines);
        lost(call, drift, json.putArray("lost"), lines);
        ArrayNode troubles = json.putArray("troubles");
        drift.troubles().forEach(trouble -> {
            String message = Failures.form(call, trouble.why());
            troubles.addObject()
                    .put("reference", trouble.run().reference().orElse(null))
                    .put("activation", trouble.run().id().value())
                    .put("code", trouble.why().code().name())
                    .put("message", message);
            lines.add(call.text("fleet.trouble", FleetListCommand.reference(trouble.run()), message));
        });
        Map<DriftVerdict.Kind, Integer> verdicts = new EnumMap<>(DriftVerdict.Kind.class);
        drift.customers()
                .forEach(c -> verdicts.merge(DriftVerdict.of(c.report()).kind(), 1, Integer::sum));
        ObjectNode kinds = json.putObject("verdicts");
        verdicts.forEach((kind, many) -> kinds.put(kind.name(), many));
        lines.add(call.text("fleet.verify.customers", drift.customers().size()));
        verdicts.forEach((kind, many) -> lines.add(call.text("fleet.verify." + kind, many)));
        call.finish(json, String.join("\n", lines));
    }

    private static void notices(Invocation call, FleetDrift drift, ArrayNode json, List<String> lines) {
        for (Notice notice : drift.notices()) {
            String text = call.text(
                    "fleet.notice." + notice.cause(),
                    notice.provider().label(),
                    new Times(call).japan(notice.since()),
                    notice.met().size(),
                    notice.notAsked().size());
            json.addObject()
                    .put("provider", notice.provider().name())
                    .put("cause", notice.cause().name())
                    .put("since", notice.since().toString())
                    .put("met", notice.met().size())
                    .put("notAsked", notice.notAsked().size())
                    .put("message", text);
            lines.add(text);
        }
    }

    private static void lost(Invocation call, FleetDrift drift, ArrayNode json, List<String> lines) {
        for (Looked customer : drift.lost()) {
            ObjectNode one = json.addObject()
                    .put("reference", customer.run().reference().orElse(null))
                    .put("company", customer.run().company().orElse(null))
                    .put("account", customer.run().customer().account())
                    .put("activation", customer.run().id().value());
            ArrayNode claims = one.putArray("drift");
            lines.add(call.text(
                    "fleet.verify.lost",
                    FleetListCommand.whose(customer.run()),
                    FleetListCommand.reference(customer.run())));
            for (Finding f : customer.report().findings()) {
                if (f.verdict() == Verdict.LOST) {
                    claims.addObject()
                            .put("service", f.service().name())
                            .put("step", f.step().value())
                            .put("rule", f.rule())
                            .put("seen", f.seen().in(call.locale()))
                            .put("source", f.source().in(call.locale()));
                    lines.add(call.text(
                            "fleet.verify.claim",
                            f.service().label(call.locale()),
                            f.title().in(call.locale()),
                            Safe.line(f.seen().in(call.locale()))));
                }
            }
        }
    }
}
