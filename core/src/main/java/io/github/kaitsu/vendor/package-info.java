/**
 * Looking through a vendor's API: whose token is used, how often a call is repeated, and what a refusal means. For hosts that
 * bring tokens or retries of their own.
 */
@NullMarked
package io.github.kaitsu.vendor;

import org.jspecify.annotations.NullMarked;
