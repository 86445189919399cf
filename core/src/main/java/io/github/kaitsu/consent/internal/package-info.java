/**
 * The flow of a consent, tokens in use, and credentials in files. May change without notice.
 */
@NullMarked
package io.github.kaitsu.consent.internal;

import org.jspecify.annotations.NullMarked;
