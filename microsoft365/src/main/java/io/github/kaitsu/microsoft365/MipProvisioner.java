package io.github.kaitsu.microsoft365;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.StepContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Microsoft Information Protection, for customers that use it, after another Microsoft 365 service (MIP-1). Immutable.
 *
 * <p>The case says what the grant is: an account added, an RMS account moved, or nothing but a look, where the account is there
 * already and only the policies are left.
 */
final class MipProvisioner extends Microsoft365Provisioner {
    private static final CloudService MIP = CloudService.MIP;
    private static final StepId OTHER_SERVICE = StepId.of(MIP, "other-service");
    private static final StepId LICENCE = StepId.of(MIP, "licence");
    private static final StepId CASE = StepId.of(MIP, "case");
    private static final StepId POLICY = StepId.of(MIP, "policy");

    private static final String HELP = "https://docs.trendmicro.com/ja-jp/enterprise/cloud-app-security-online-help/";
    private static final String ACCOUNT_HELP = HELP + "provisioning/provisioning-for-mic/using-an-account-for/";
    private static final String POLICY_HELP = HELP + "advanced-threat-prot_001/adding-atp-policies/general.aspx";

    MipProvisioner(GraphSteps graph) {
        super(MIP, graph);
    }

    /** Which of the manual's three cases applies. */
    private enum Case {
        FIRST_TIME("first-time", ACCOUNT_HELP + "provisioning-microso.aspx"),
        RMS("rms", ACCOUNT_HELP + "migrating-to-a-micro.aspx"),
        POLICY_ONLY("policy-only", POLICY_HELP);

        private final String word;
        private final String help;

        Case(String word, String help) {
            this.word = word;
            this.help = help;
        }

        /** As answered; before that the plan shows the first. */
        static Case of(StepContext context) {
            return context.facts()
                    .answer(CASE)
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .flatMap(text -> Arrays.stream(values())
                            .filter(c -> c.word.equals(text))
                            .findFirst())
                    .orElse(FIRST_TIME);
        }
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        Optional<CloudService> other = GraphSteps.others(context).findFirst();
        List<ActivationStep> steps = new ArrayList<>();
        if (other.isEmpty()) {
            steps.add(graph.globalAdministrator(MIP, context));
            steps.add(question(
                    OTHER_SERVICE, "mip-other-service", ActionTemplate.question(TEXTS, "ask-mip-other-service")));
        }
        ActivationStep licence =
                preflight(LICENCE, "mip-licence", graph.mipLicence(ActionTemplate.question(TEXTS, "ask-mip-licence")));
        ActivationStep whichCase = question(
                CASE,
                "mip-case",
                ActionTemplate.question(TEXTS, "ask-mip-case")
                        .answered(AnswerForm.choice(
                                Arrays.stream(Case.values()).map(c -> c.word).toArray(String[]::new))));
        steps.add(licence);
        steps.addAll(graph.mipPreflight());
        if (other.isEmpty()) {
            steps.add(whichCase.after(LICENCE, OTHER_SERVICE));
        } else if (isAnotherListed(context)) {
            steps.add(whichCase.after(LICENCE));
        } else {
            steps.add(whichCase.after(LICENCE, StepId.of(other.get(), "protected")));
        }
        steps.addAll(graph.proof(MIP, context));
        steps.add(policy());
        return List.copyOf(steps);
    }

    /** Any of them will do: the first may fail and the next be granted. The console's slot keeps MIP behind it either way. */
    private static boolean isAnotherListed(StepContext context) {
        Set<CloudService> listed = context.facts().listed().orElse(Set.of());
        return Arrays.stream(CloudService.values())
                .filter(CloudService::isMicrosoft365)
                .filter(s -> s != MIP)
                .anyMatch(listed::contains);
    }

    private static ActivationStep question(StepId id, String title, ActionTemplate question) {
        return preflight(id, title, Check.asking(question));
    }

    private static ActivationStep preflight(StepId id, String title, Check check) {
        return ActivationStep.look(id, "MIP-1", Phase.PREFLIGHT, TEXTS, title, check, ProbeTiming.none());
    }

    private static ActivationStep policy() {
        return ActivationStep.act(
                POLICY,
                "MIP-1",
                Phase.POST_SETUP,
                TEXTS,
                "mip-policy",
                Check.attestedByDoing(),
                ActionTemplate.change(TEXTS, "mip-policy").at(URI.create(POLICY_HELP)));
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        Case which = Case.of(context);
        String key = which == Case.POLICY_ONLY ? "mip-policy-only" : "mip-grant";
        return ActionTemplate.builder(ActionTemplate.Kind.DO, TEXTS, key)
                .variant(which.word)
                .arguments(context.customer().organisation(), which.help, ConsoleGrant.permissions(MIP))
                .build();
    }

    @Override
    List<Notice> ownNotices(StepContext context) {
        return List.of(
                Notice.of("MIP-1", TEXTS, "notice.mip-only-if-used"), Notice.of("MIP-1", TEXTS, "notice.mip-removal"));
    }
}
