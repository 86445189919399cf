/**
 * One HTTP client, with one set of limits, for every call to a vendor that no SDK makes, and one reader of the answers that browsers
 * and people bring from a vendor. Exported to our vendors' modules alone.
 */
@NullMarked
package io.github.kaitsu.vendor.http;

import org.jspecify.annotations.NullMarked;
