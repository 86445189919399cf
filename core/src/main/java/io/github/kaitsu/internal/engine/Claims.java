package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.store.ActivationStore.ClaimKey;

/** What runs claim in the store. */
public final class Claims {
    private Claims() {}

    /** One run at a time per customer. */
    public static ClaimKey customer(CustomerId customer) {
        return new ClaimKey("customer", customer.toString());
    }

    /** A text that proved something in one console is no proof for another (COMMON-12). */
    static ClaimKey text(String fingerprint) {
        return new ClaimKey("text", fingerprint);
    }

    /** One service at a time per console between link and 成功しました (COMMON-13). */
    public static ClaimKey slot(CustomerId customer) {
        return new ClaimKey("console", customer.console().toString());
    }
}
