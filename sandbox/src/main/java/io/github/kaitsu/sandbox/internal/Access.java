package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a person needs in order to sign in: the opening mail and the passwords. */
public final class Access {
    private static final DateTimeFormatter MAIL_TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd (E) HH:mm", Locale.JAPANESE).withZone(ZoneId.of("Asia/Tokyo"));

    private Access() {}

    public static String consolePassword(Setup setup) {
        return setup.secrets().password("console");
    }

    public static String password(Setup setup, CloudService.Provider provider) {
        return ProviderPages.password(setup, provider);
    }

    /** The six digits of the second factor at this minute of the sandbox's time. */
    public static String code(World world) {
        return SecondFactor.code(world.setup(), world.now());
    }

    public static String passwordPage(Setup setup) {
        return ConsoleSignIn.passwordPage(setup);
    }

    public static String clientId(CloudService.Provider provider) {
        return OwnApp.at(provider).clientId();
    }

    public static Optional<String> clientSecret(Setup setup, CloudService.Provider provider) {
        OwnApp app = OwnApp.at(provider);
        return app.confidential() ? Optional.of(app.secret(setup)) : Optional.empty();
    }

    /** An access and a refresh token. */
    public static Map.Entry<String, String> mint(Ledger ledger, CloudService.Provider provider, List<String> scopes) {
        OwnApps.Issued tokens = new OwnApps(ledger, provider).mint(scopes);
        return Map.entry(tokens.access(), tokens.refresh());
    }

    public static void revokeGrants(Ledger ledger, CloudService.Provider provider) {
        new OwnApps(ledger, provider).revokeAll();
    }

    /** COMMON-2: the form of the mail quoted in the manuals. */
    public static String openingMail(Setup setup) {
        return """
                %s
                PLX_account_support_MailBox@trendmicro.co.jp
                新規アカウント発行のお知らせ

                宛先 %s

                %s 様

                Licensing Management Platform ログイン用のユーザアカウントを発行致しました。次の URL からログインできます。
                <https://clp.trendmicro.com/Dashboard?T=%s>

                アカウントの詳細:
                会社名: %s
                アカウント名: %s

                ログイン用のパスワードを設定する必要があります。次の URL からパスワードを設定してください。なお、この URL は 7 日間のみ有効です。

                <https://forgetpwd.trendmicro.com%s>

                ご不明点がございましたら、次の連絡先にお問い合わせください。

                トレンドマイクロ株式会社
                """.formatted(
                        MAIL_TIME.format(ConsoleSignIn.openingMailSent(setup)),
                        setup.administrator(),
                        setup.company(),
                        setup.secrets().hex("mail/T", 5),
                        setup.company(),
                        setup.account(),
                        passwordPage(setup));
    }
}
