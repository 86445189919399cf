/**
 * The consent to the embedding team's own app, and where its tokens are kept. For hosts; what vendors implement is
 * {@link io.github.kaitsu.consent.AuthorizationServer}.
 */
@NullMarked
package io.github.kaitsu.consent;

import org.jspecify.annotations.NullMarked;
