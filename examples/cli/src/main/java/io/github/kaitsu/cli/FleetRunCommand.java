package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.cli.FleetSandboxes.Trouble;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.fleet.FleetCounts;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import io.github.kaitsu.store.Turn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Brings every customer's run forward: until it is ended (Ctrl-C), or until each run has ended or waits for a real person. Real
 * customers go on side by side and in real time; those of a sandbox in worlds and times of their own, with scripted persons.
 */
@Command(name = "run")
final class FleetRunCommand extends Subcommand {
    private static final long BETWEEN_COUNTS_MILLIS = 500;
    private static final Duration LONG = Duration.ofDays(3_650);

    @Option(names = "--until-quiet")
    private boolean untilQuiet;

    @Mixin
    private SandboxOptions inSandbox = new SandboxOptions();

    @Mixin
    private FleetSome wanted = new FleetSome();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    int run(Invocation call) {
        boolean sandboxed = inSandbox.isWanted();
        Workspace workspace = store.required(call);
        Instant begun = Instant.now();
        FleetProgress progress = new FleetProgress(call);
        List<Trouble> troubles = new ArrayList<>();
        try (ActivationClient client = Desk.client(workspace, Clock.systemUTC())) {
            Fleet fleet = Fleet.of(client);
            try {
                if (sandboxed || isSandboxed(fleet, workspace.choices())) {
                    inSandboxes(call, workspace, fleet, progress, troubles);
                } else {
                    forReal(call, workspace, progress);
                }
            } catch (InterruptedException e) { // ended: what was done is in the store
                Thread.currentThread().interrupt();
            }
            progress.end();
            FleetCounts counts = fleet.counts(wanted.query());
            print(call, counts, troubles, Duration.between(begun, Instant.now()));
            return exit(counts, troubles);
        }
    }

    /** One client advances all runs of its store, by one clock: that of a sandbox and the real one are two. */
    private boolean isSandboxed(Fleet fleet, Map<ActivationId, Choice> choices) {
        List<RunHead> live = live(fleet, any -> true);
        long sandboxed = live.stream().filter(run -> isSandboxed(choices, run)).count();
        long real = live.size() - sandboxed;
        if (sandboxed > 0 && real > 0) {
            throw Refusal.usage("fleet-mixed", real, sandboxed);
        }
        return sandboxed > 0;
    }

    private static boolean isSandboxed(Map<ActivationId, Choice> choices, RunHead run) {
        Choice choice = choices.get(run.id());
        return choice != null && choice.sandbox().isPresent();
    }

    private List<RunHead> live(Fleet fleet, Predicate<RunHead> which) {
        List<RunHead> live = new ArrayList<>();
        RunQuery query = wanted.query().ended(false);
        fleet.forEach(query, run -> {
            if (which.test(run)) {
                live.add(run);
            }
        });
        return live;
    }

    private void inSandboxes(
            Invocation call, Workspace workspace, Fleet fleet, FleetProgress progress, List<Trouble> troubles)
            throws InterruptedException {
        do {
            Map<ActivationId, Choice> choices = workspace.choices();
            troubles.clear();
            try (FleetSandboxes work = new FleetSandboxes(call, workspace, inSandbox::ofAnyone)) {
                work.work(live(fleet, run -> isSandboxed(choices, run)), choices);
                do {
                    progress.show(fleet.counts(wanted.query()));
                } while (!work.await(BETWEEN_COUNTS_MILLIS));
                troubles.addAll(work.troubles());
            }
            progress.show(fleet.counts(wanted.query()));
        } while (!untilQuiet && PassingTime.real(Clock.systemUTC()).towards(Instant.MAX));
    }

    private void forReal(Invocation call, Workspace workspace, FleetProgress progress) throws InterruptedException {
        try (Everyone everyone = new Everyone(call, workspace);
                ActivationClient client = everyone.client()) {
            client.start();
            Fleet fleet = Fleet.of(client);
            do {
                fleet.awaitQuiet(wanted.query(), LONG, progress::show);
            } while (!untilQuiet && PassingTime.real(Clock.systemUTC()).towards(Instant.MAX));
        }
    }

    // ---- the end

    private static int exit(FleetCounts counts, List<Trouble> troubles) {
        if (!troubles.isEmpty()) {
            return Exits.ERROR;
        } else if (counts.of(Turn.PERSON) > 0) {
            return Exits.AWAITS_PERSON;
        } else if (!counts.isQuiet()) {
            return Exits.AWAITS_TIME;
        }
        return counts.succeeded() == counts.runs() ? Exits.SUCCESS : Exits.FAILED;
    }

    private static void print(Invocation call, FleetCounts counts, List<Trouble> troubles, Duration took) {
        ObjectNode json = json(counts).put("seconds", took.toMillis() / 1000.0);
        json.putArray("troubles");
        List<String> lines = new ArrayList<>();
        for (Trouble trouble : troubles) {
            String reference =
                    trouble.run().reference().orElse(trouble.run().id().value());
            String message = Failures.form(call, trouble.why());
            json.withArray("troubles")
                    .addObject()
                    .put("reference", reference)
                    .put("activation", trouble.run().id().value())
                    .put("code", Failures.code(trouble.why()).name())
                    .put("message", message);
            lines.add(call.text("fleet.trouble", Safe.line(reference), message));
        }
        lines.add(FleetProgress.line(call, counts));
        lines.add(call.text("fleet.took", new Times(call).duration(took)));
        call.finish(json, String.join("\n", lines));
    }

    /** {@code {"runs","succeeded","turns":{…},"services":{…}}}. */
    static ObjectNode json(FleetCounts counts) {
        ObjectNode json = Json.object().put("runs", counts.runs()).put("succeeded", counts.succeeded());
        ObjectNode turns = json.putObject("turns");
        counts.turns().forEach((turn, many) -> turns.put(turn.name(), many));
        ObjectNode services = json.putObject("services");
        counts.services().forEach((status, many) -> services.put(status.name(), many));
        return json;
    }
}
