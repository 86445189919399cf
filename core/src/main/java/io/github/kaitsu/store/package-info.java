/**
 * Where journals, leases and claims are kept. For hosts that choose a store or write one; the published
 * {@code ActivationStoreContract} says what one must do.
 */
@NullMarked
package io.github.kaitsu.store;

import org.jspecify.annotations.NullMarked;
