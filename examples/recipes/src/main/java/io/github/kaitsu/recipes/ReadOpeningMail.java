package io.github.kaitsu.recipes;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.OpeningMail;
import io.github.kaitsu.sandbox.Sandbox;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;

/** The mail that opens a customer's account (COMMON-2): read from pasted text; its two secret addresses are shown masked. */
public final class ReadOpeningMail {
    private ReadOpeningMail() {}

    public static void main(String... args) {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            run(sandbox.openingMail(), sandbox.clock(), System.out);
        }
    }

    static void run(String pasted, Clock clock, PrintStream out) {
        try {
            OpeningMail mail = OpeningMail.parse(pasted);
            out.println("account:  " + mail.account());
            out.println("sign in:  " + mail.maskedSignInUrl());
            out.println("password: " + mail.maskedPasswordUrl()); // mail.passwordUrl() is for its owner alone
            mail.expires().ifPresent(at -> out.println("until:    " + at));
            if (mail.expired(clock.instant()).orElse(false)) {
                out.println("expired: have a new mail sent");
            }
        } catch (KaitsuException e) { // not that mail, cut off, or a forgery
            out.println(e.code() + ": " + e.message(Locale.JAPANESE) + " " + e.nextStep(Locale.JAPANESE));
        }
    }
}
