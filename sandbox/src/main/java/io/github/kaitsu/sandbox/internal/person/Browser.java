package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.OpeningMail;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxAddresses;
import io.github.kaitsu.sandbox.internal.View;
import io.github.kaitsu.sandbox.internal.Visitor;
import java.net.URI;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The person's browser: its tabs, the addresses it is sent to, and how the person signs in wherever a page asks for it. One tab
 * is for what is done in the console, mostly at サービスアカウント; each list that is read behind the bell has one of its own. Where the
 * session has ended (COMMON-16), the person signs in again and goes on.
 */
final class Browser {
    private static final String SIGN_IN = "ログイン";
    private static final String NEXT = "次へ";
    private static final String CROSS = "×";
    private static final String CODE = "認証コード";
    private static final String DASHBOARD = "/console";
    private static final String ACCOUNTS = "/console/service-accounts";
    private static final String[] TO_ACCOUNTS = {"運用管理", "サービスアカウント"};

    final Sandbox sandbox;
    final Visitor visitor;
    final SandboxAddresses addresses;
    private final Map<Bell, View> lists = new EnumMap<>(Bell.class);
    private @Nullable View consoleTab;
    private @Nullable View signedIn;

    Browser(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.addresses = SandboxAddresses.of(sandbox);
        this.visitor = new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE, addresses::isServer);
    }

    // ---- providers

    /** Copies a selection: a page or a value. */
    void copied(int times) {
        sandbox.counted(HandsOn.Kind.COPIES, times);
    }

    /** Pastes into an answer; what is pasted into a page's field, the page counts. */
    void pasted(int times) {
        sandbox.counted(HandsOn.Kind.PASTES, times);
    }

    /** Opens an address that an action names, and signs in if asked. */
    View open(URI real) {
        URI address = addresses
                .inSandbox(real)
                .orElseThrow(() -> new IllegalStateException("no server of the sandbox stands for " + real.getHost()));
        return signedIn(visitor.open(address));
    }

    View open(URI server, String path) {
        return signedIn(visitor.open(server + path));
    }

    /** Whether a redirection led out of the sandbox; the browser stopped before it. */
    boolean isAway(View view) {
        return !addresses.isServer(view.address());
    }

    /** On one page or two; whoever is signed in is not asked (COMMON-17). */
    View signedIn(View view) {
        if (!view.hasField("メールアドレス")) {
            return view;
        }
        CloudService.Provider provider = provider(view);
        Map<String, String> address = Map.of("メールアドレス", sandbox.administrator());
        Map<String, String> password = Map.of("パスワード", sandbox.password(provider));
        View inside = switch (provider) {
            case BOX ->
                visitor.press(
                        view, "承認", Map.of("メールアドレス", sandbox.administrator(), "パスワード", sandbox.password(provider)));
            case DROPBOX -> visitor.press(visitor.press(view, "続行", address), "ログイン", password);
            case GOOGLE -> visitor.press(visitor.press(view, "次へ", address), "次へ", password);
            case MICROSOFT365 -> visitor.press(visitor.press(view, "次へ", address), "サインイン", password);
        };
        return withCode(inside);
    }

    /** Types what the phone shows, where a page asks for it. */
    private View withCode(View view) {
        return view.hasField(CODE) ? visitor.press(view, "確認", Map.of(CODE, sandbox.code())) : view;
    }

    private CloudService.Provider provider(View view) {
        String authority = view.address().getRawAuthority();
        if (authority.equals(sandbox.box().getRawAuthority())) {
            return CloudService.Provider.BOX;
        }
        if (authority.equals(sandbox.dropbox().getRawAuthority())) {
            return CloudService.Provider.DROPBOX;
        }
        return authority.equals(sandbox.google().getRawAuthority())
                ? CloudService.Provider.GOOGLE
                : CloudService.Provider.MICROSOFT365;
    }

    // ---- the console's tab

    /** Presses one link of the console after another; the first is in every page's header. */
    View console(String... links) {
        View view = consoleTab == null ? enter(door()) : consoleTab;
        for (int i = 0; i < links.length; i++) {
            View next = visitor.follow(view, links[i]);
            if (isConsole(next)) {
                view = next;
            } else {
                view = enter(next);
                i = -1; // signed in again: from the beginning
            }
        }
        consoleTab = view;
        return view;
    }

    View dashboard() {
        return isAt(DASHBOARD) ? again().orElseGet(this::tab) : console("ダッシュボード");
    }

    View accounts() {
        return isAtAccounts() ? again().orElseGet(() -> console(TO_ACCOUNTS)) : console(TO_ACCOUNTS);
    }

    boolean isAtAccounts() {
        return isAt(ACCOUNTS);
    }

    /**
     * One list under one 重大度. Whoever reads the same three lists again and again keeps a tab for each and loads it again; a new
     * one is opened from whichever is nearest.
     */
    View bell(Bell wanted) {
        View shown = lists.get(wanted);
        if (shown == null) {
            Optional<Bell> from = lists.keySet().stream()
                    .min(Comparator.comparing(b -> wanted.way(Optional.of(b)).size()));
            return show(wanted, from.map(lists::get).orElseGet(this::tab), wanted.way(from));
        }
        View now = visitor.reload(shown);
        if (isConsole(now)) {
            lists.put(wanted, now);
            return now;
        }
        return show(wanted, inside(now), wanted.way(Optional.empty()));
    }

    private View show(Bell wanted, View from, List<String> links) {
        View view = from;
        for (String link : links) {
            view = visitor.follow(view, link);
            if (!isConsole(view)) { // signed in again: from the beginning
                return show(wanted, inside(view), wanted.way(Optional.empty()));
            }
        }
        lists.put(wanted, view);
        return view;
    }

    private View tab() {
        return consoleTab == null ? console() : consoleTab;
    }

    /** From サービスアカウント, where the tab often is already. */
    View add() {
        if (isAt(ACCOUNTS)) {
            View add = visitor.follow(tab(), "追加");
            if (isConsole(add)) {
                return consoleShows(add);
            }
            enter(add);
        }
        return console("運用管理", "サービスアカウント", "追加");
    }

    private boolean isAt(String path) {
        return consoleTab != null && consoleTab.address().getPath().equals(path);
    }

    /** Loads the tab's page again; empty where the session had ended and the person has signed in again. */
    private Optional<View> again() {
        View now = visitor.reload(tab());
        if (isConsole(now)) {
            consoleTab = now;
            return Optional.of(now);
        }
        enter(now);
        return Optional.empty();
    }

    /** The console's tab shows this page now. */
    View consoleShows(View view) {
        if (isConsole(view)) {
            consoleTab = view;
        }
        return view;
    }

    boolean isInConsole() {
        return consoleTab != null && isConsole(visitor.reload(consoleTab));
    }

    private static boolean isConsole(View view) {
        return view.address().getPath().startsWith("/console");
    }

    /** The tab in which somebody has signed in already, or a new one. */
    private View door() {
        return signedIn == null ? visitor.open(sandbox.console() + "/") : visitor.reload(signedIn);
    }

    private View enter(View view) {
        consoleTab = inside(view);
        return consoleTab;
    }

    /** COMMON-4: from the sign-in page, or any page behind it, to the open console. */
    private View inside(View view) {
        View now = view;
        if (now.hasButton(SIGN_IN)) {
            now = logIn(now);
            if (now.hasButton(SIGN_IN)) {
                throw new IllegalStateException("the console refuses account and password");
            }
        }
        for (String button : new String[] {"2要素認証設定を行う", "OK", "コンソールを開く", "同意する", "閉じる"}) {
            if (now.hasButton(button)) {
                now = withCode(visitor.press(now, button));
            }
        }
        if (now.hasButton(NEXT)) {
            now = visitor.press(now, CROSS); // COMMON-5: 追加 is the better way to the same
        }
        return now;
    }

    /** Whether the console knows the password already: found out by signing in, where the tab stays. */
    boolean passwordWorks() {
        View start = visitor.open(sandbox.console() + "/");
        View next = start.hasButton(SIGN_IN) ? logIn(start) : start;
        signedIn = next.hasButton(SIGN_IN) ? null : next;
        return signedIn != null;
    }

    private View logIn(View start) {
        Map<String, String> fields = Map.of("アカウント", sandbox.account(), "パスワード", sandbox.consolePassword());
        return withCode(visitor.press(start, SIGN_IN, fields));
    }

    /** COMMON-2: the page of the opening mail. */
    View setPassword() {
        URI page = addresses
                .inSandbox(OpeningMail.parse(sandbox.openingMail()).passwordUrl())
                .orElseThrow();
        View view = visitor.open(page);
        if (!view.hasButton("送信")) {
            return view;
        }
        String chosen = sandbox.consolePassword();
        return visitor.press(view, "送信", Map.of("新しいパスワード", chosen, "パスワードの確認入力", chosen));
    }
}
