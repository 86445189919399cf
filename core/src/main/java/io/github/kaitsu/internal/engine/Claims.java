package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.spi.ActivationStore.ClaimKey;

/** What runs claim in the store. */
public final class Claims {
    private Claims() {}

    /** One run at a time per customer. */
    public static ClaimKey customer(CustomerId customer) {
        return new ClaimKey("customer", customer.toString());
    }

    /** One service at a time per console between link and 成功しました (COMMON-13). */
    public static ClaimKey slot(CustomerId customer) {
        return new ClaimKey("console", customer.console().toString());
    }
}
