package io.github.kaitsu;

import io.github.kaitsu.console.ConsoleId;
import io.github.kaitsu.console.ConsoleSite;
import java.text.Normalizer;

/**
 * One customer: console site, console account and organisation. The organisation alone identifies nobody, since it is called
 * 初期設定の組織 for every customer until somebody renames it.
 *
 * @param account the console's sign-in name as the opening mail gives it
 * @param organisation at most 32 characters, as the console shows it
 */
public record CustomerId(ConsoleSite site, String account, String organisation) {
    /** What every console calls its first organisation, unless somebody renamed it. */
    public static final String DEFAULT_ORGANISATION = "初期設定の組織";

    private static final int LONGEST_ORGANISATION = 32;
    private static final int LONGEST_ACCOUNT = 128;

    /**
     * Checks the form of both names.
     *
     * @throws KaitsuException INVALID_ACCOUNT, INVALID_ORGANISATION
     */
    public CustomerId {
        account = account.strip();
        if (account.isEmpty() || account.length() > LONGEST_ACCOUNT || hasControl(account)) {
            throw KaitsuException.of(ErrorCode.INVALID_ACCOUNT, "");
        }
        organisation = Normalizer.normalize(organisation, Normalizer.Form.NFC).strip();
        if (organisation.isEmpty()
                || organisation.codePointCount(0, organisation.length()) > LONGEST_ORGANISATION
                || hasControl(organisation)) {
            throw KaitsuException.of(ErrorCode.INVALID_ORGANISATION, "");
        }
    }

    /** A customer with the organisation every console starts with. */
    public static CustomerId of(ConsoleSite site, String account) {
        return new CustomerId(site, account, DEFAULT_ORGANISATION);
    }

    /** The console alone: what links one service at a time, whatever the organisation. */
    public ConsoleId console() {
        return new ConsoleId(site, account);
    }

    private static boolean hasControl(String text) {
        return text.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }

    @Override
    public String toString() {
        return site + "/" + account + "/" + organisation;
    }
}
