package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.report.PlanReport;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.store.MemoryActivationStore;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What an activation would do, and what persons will have to do when. Changes nothing. */
@Command(name = "plan")
final class PlanCommand extends Subcommand {
    @Mixin
    private CustomerOptions customer = new CustomerOptions();

    @Mixin
    private RequestOptions options = new RequestOptions();

    @Mixin
    private SandboxOptions inSandbox = new SandboxOptions();

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    @Override
    int run(Invocation call) throws InterruptedException {
        CustomerId whom = customer.orManuals();
        boolean connected = connections.areWanted();
        if (inSandbox.isWanted()) {
            ActivationRequest request = options.inSandbox(whom).build();
            try (Sandbox sandbox = inSandbox.of(whom, options.edition(), false).start();
                    ActivationClient client = ActivationClient.builder()
                            .provisioners(
                                    Provisioners.of(connected, new Links(whom, Optional.empty(), Optional.of(sandbox))))
                            .store(new MemoryActivationStore())
                            .clock(sandbox.clock())
                            .build()) {
                print(call, client.plan(request, PlanDepth.WITH_READS));
            }
        } else {
            try (ActivationClient client = ActivationClient.builder()
                    .provisioners(Provisioners.blind())
                    .store(new MemoryActivationStore())
                    .build()) {
                print(call, client.plan(options.of(whom).build(), PlanDepth.OFFLINE));
            }
        }
        return Exits.SUCCESS;
    }

    static void print(Invocation call, ActivationPlan plan) {
        PlanReport report = PlanReport.of(plan);
        if (call.json()) {
            call.result(report.json(call.locale()));
        } else {
            call.result((call.verbose() ? report.text(call.locale()) : report.outline(call.locale())).stripTrailing());
        }
    }
}
