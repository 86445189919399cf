/**
 * The embedding team's own access to a customer's providers: consent, credentials, refresh, revocation. Not Trend Micro's
 * consent, which a person gives in the console.
 */
@NullMarked
package io.github.kaitsu.consent;

import org.jspecify.annotations.NullMarked;
