package io.github.kaitsu.browser.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleOrigin;
import io.github.kaitsu.console.ConsoleSite;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Which hosts are the console's and each provider's: nothing is pressed anywhere else. Immutable. */
record Places(UnaryOperator<URI> addresses) {
    static final URI SIGN_IN = URI.create("https://clp.trendmicro.com/");
    private static final List<String> BOX = List.of("app.box.com", "account.box.com");
    private static final Pattern BOX_OF_AN_ENTERPRISE = Pattern.compile("[a-z0-9-]+\\.(?:app|account|ent)\\.box\\.com");
    private static final List<String> GOOGLE = List.of(
            "accounts.google.com",
            "admin.google.com",
            "workspace.google.com",
            "drive.google.com",
            "myaccount.google.com");
    private static final List<String> MICROSOFT =
            List.of("login.microsoftonline.com", "login.live.com", "admin.microsoft.com", "entra.microsoft.com");

    URI inBrowser(URI real) {
        return addresses.apply(real);
    }

    boolean isConsole(String authority) {
        return isAnyOf(authority, List.of("clp.trendmicro.com", "forgetpwd.trendmicro.com"))
                || List.of(ConsoleSite.values()).stream()
                        .flatMap(s -> s.origin().stream())
                        .anyMatch(o -> is(authority, o))
                || isAnyConsole(authority);
    }

    /** Also of the sites whose address nobody attests (M365-7). */
    private static boolean isAnyConsole(String authority) {
        try {
            ConsoleOrigin.parse("https://" + authority);
            return true;
        } catch (KaitsuException e) {
            return false;
        }
    }

    boolean isOf(CloudService.Provider provider, String authority) {
        String host = authority.toLowerCase(Locale.ROOT);
        return switch (provider) {
            case BOX ->
                isAnyOf(authority, BOX) || BOX_OF_AN_ENTERPRISE.matcher(host).matches();
            case DROPBOX -> isAnyOf(authority, List.of("www.dropbox.com"));
            case GOOGLE -> isAnyOf(authority, GOOGLE);
            case MICROSOFT365 -> isAnyOf(authority, MICROSOFT);
        };
    }

    /** The SharePoint admin site that an action names, or signing in there. */
    boolean isSharePoint(URI link, String authority) {
        return is(authority, link) || isOf(CloudService.Provider.MICROSOFT365, authority);
    }

    private boolean isAnyOf(String authority, List<String> hosts) {
        return hosts.stream().anyMatch(h -> is(authority, URI.create("https://" + h + "/")));
    }

    private boolean is(String authority, URI real) {
        return authority.equalsIgnoreCase(inBrowser(real).getRawAuthority());
    }
}
