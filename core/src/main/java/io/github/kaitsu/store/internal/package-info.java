/**
 * Journals in files. May change without notice.
 */
@NullMarked
package io.github.kaitsu.store.internal;

import org.jspecify.annotations.NullMarked;
