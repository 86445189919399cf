package io.github.kaitsu.sandbox;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.internal.View;
import io.github.kaitsu.sandbox.internal.Visitor;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A person who follows the manuals, for the tests: in Japanese, at the console and the providers of one sandbox. */
final class Walk {
    final Sandbox sandbox;
    final Visitor visitor = new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE);

    Walk(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Types what the phone shows, where a page asks for it. */
    View code(View view) {
        return view.hasField("認証コード") ? visitor.press(view, "確認", Map.of("認証コード", sandbox.code())) : view;
    }

    View at(URI base, String path) {
        return visitor.open(base + path);
    }

    /** COMMON-4: from the sign-in page to the open console. */
    View openConsole() {
        View view = at(sandbox.console(), "/");
        if (view.hasButton("ログイン")) {
            view = code(visitor.press(
                    view, "ログイン", Map.of("アカウント", sandbox.account(), "パスワード", sandbox.consolePassword())));
        }
        if (view.hasButton("2要素認証設定を行う")) {
            view = code(visitor.press(view, "2要素認証設定を行う"));
        }
        if (view.hasButton("OK")) {
            view = visitor.press(view, "OK");
        }
        view = visitor.press(view, "コンソールを開く");
        if (view.hasButton("同意する")) {
            view = visitor.press(view, "同意する");
            view = visitor.press(view, "閉じる");
        }
        return view;
    }

    String accounts() {
        return at(sandbox.console(), "/console/service-accounts").text();
    }

    /** All that the bell shows: タスクリスト and 通知, each under 成功しました and 保留. */
    String lists() {
        StringBuilder out = new StringBuilder();
        for (String list : List.of("tasks", "notifications")) {
            for (String severity : List.of("success", "pending")) {
                out.append(list(list, severity)).append('\n');
            }
        }
        return out.toString();
    }

    /** One list under one 重大度. */
    String list(String list, String severity) {
        return at(sandbox.console(), "/console/notifications?list=" + list + "&severity=" + severity)
                .text();
    }

    /** COMMON-6: 運用管理, サービスアカウント, 追加, (organisation), service. */
    View wizard(CloudService service) {
        View view = visitor.follow(at(sandbox.console(), "/console"), "運用管理");
        view = visitor.follow(view, "サービスアカウント");
        view = visitor.follow(view, "追加");
        if (service.isMicrosoft365()) {
            view = visitor.follow(view, sandbox.organisations().get(0));
        }
        return visitor.follow(view, service.label(Locale.JAPANESE));
    }

    /** From the service's wizard to the return page and ステータスの更新; the wizard stays open. */
    View grant(CloudService service) {
        View wizard = wizard(service);
        View back = consent(service, visitor.press(wizard, grantLabel(wizard)));
        if (!back.text()
                .equals("Please close this window, then back to Trend Micro Cloud App Security continue provision.")) {
            throw new AssertionError(back.text());
        }
        return visitor.press(wizard, "ステータスの更新");
    }

    /** The whole link of a service, Teams with its 完了. */
    View link(CloudService service) {
        View wizard = grant(service);
        if (wizard.hasButton("完了")) {
            return visitor.press(wizard, "完了");
        }
        return visitor.press(wizard, "閉じる");
    }

    void installGoogleApp() {
        View view = at(sandbox.google(), "/marketplace/app/trend_micro_cloud_app_security");
        view = visitor.press(signIn(view), "管理者によるインストール");
        view = visitor.press(view, "続行");
        view = visitor.press(view, "同意", Map.of("利用規約に同意します", "on"));
        visitor.press(view, "完了");
    }

    View consent(CloudService service, View provider) {
        return switch (service.provider()) {
            case BOX -> visitor.press(signIn(provider), "Boxへのアクセス許可");
            case DROPBOX -> visitor.press(signIn(provider), "許可");
            case GOOGLE -> {
                boolean known = provider.hasLink(sandbox.administrator());
                View view = visitor.follow(provider, known ? sandbox.administrator() : "別のアカウントを使用");
                yield visitor.press(visitor.press(signIn(view), "次へ"), "許可");
            }
            case MICROSOFT365 -> visitor.press(signIn(provider), "承諾");
        };
    }

    /** Signs in where the page asks for it, on one page or two. */
    View signIn(View view) {
        if (!view.hasField("メールアドレス")) {
            return view;
        }
        String port = String.valueOf(view.address().getPort());
        CloudService.Provider provider = sandbox.box().toString().endsWith(port)
                ? CloudService.Provider.BOX
                : sandbox.dropbox().toString().endsWith(port)
                        ? CloudService.Provider.DROPBOX
                        : sandbox.google().toString().endsWith(port)
                                ? CloudService.Provider.GOOGLE
                                : CloudService.Provider.MICROSOFT365;
        String password = sandbox.password(provider);
        if (provider == CloudService.Provider.BOX) {
            return code(visitor.press(view, "承認", Map.of("メールアドレス", sandbox.administrator(), "パスワード", password)));
        }
        String next = provider == CloudService.Provider.DROPBOX ? "続行" : "次へ";
        View second = visitor.press(view, next, Map.of("メールアドレス", sandbox.administrator()));
        String signIn = Map.of(
                        CloudService.Provider.DROPBOX,
                        "ログイン",
                        CloudService.Provider.GOOGLE,
                        "次へ",
                        CloudService.Provider.MICROSOFT365,
                        "サインイン")
                .get(provider);
        return code(visitor.press(second, signIn, Map.of("パスワード", password)));
    }

    private static String grantLabel(View wizard) {
        return wizard.hasButton("権限の付与") ? "権限の付与" : "Sign in with Google";
    }
}
