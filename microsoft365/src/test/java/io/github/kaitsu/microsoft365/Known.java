package io.github.kaitsu.microsoft365;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tests of this module share. */
final class Known {
    static final CustomerId CUSTOMER = CustomerId.of(ConsoleSite.JP, "CAS0001");
    static final String APP_ID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
    static final String SHAREPOINTS_ID = "11111111-2222-3333-4444-555555555555";
    static final String ADMIN_SITE = "https://example-admin.sharepoint.com";

    private Known() {}

    static ActivationRequest.Builder request(CloudService... services) {
        return ActivationRequest.builder(CUSTOMER).services(services).edition(Edition.CONSOLE_2024_04);
    }

    static StepContext context(ActivationRequest request) {
        return context(request, Map.of());
    }

    static StepContext context(ActivationRequest request, Map<String, String> facts) {
        return new StepContext(request, request.edition(), Facts.of(facts));
    }

    static ServiceAccountProvisioner provisioner(CloudService service) {
        return Steps.of(Microsoft365Provisioners.create(), service);
    }

    static List<String> ids(List<ActivationStep> steps) {
        return steps.stream().map(s -> s.id().value()).toList();
    }

    /** A template as a person sees it in the manuals' edition. */
    static OperatorAction render(ActionTemplate template) {
        return render(template, Edition.CONSOLE_2024_04);
    }

    static OperatorAction render(ActionTemplate template, Edition edition) {
        StepId step = new StepId("x.y");
        return new OperatorAction(
                ActivationId.of("x"),
                ActionId.of(step, 1),
                CUSTOMER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                step,
                "",
                edition,
                template,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }

    /** The console's page and lists, as a person pastes them. */
    static String console(String... rows) {
        return "運用管理 > サービスアカウント\n\tアカウント名 / 登録トークン\tサービスの種類\n" + String.join("\n", rows)
                + "\n通知 (0)\n重大度: 成功しました\nタスクリスト (0)\n重大度: 保留\n";
    }

    static String teamsRow(String appId) {
        return "☐\tアプリID: " + appId + "\tMicrosoft Teams";
    }

    /** The window in which access is granted, as it waits for 完了. */
    static String window(String service, String appId) {
        return service + "へのアクセス権付与\nアクセス権を付与しました。\nアプリID: " + appId + "\n完了\n閉じる\n";
    }

    static String sharePointRow(String appId) {
        return "☐\tアプリID: " + appId + "\tSharePoint Online";
    }
}
