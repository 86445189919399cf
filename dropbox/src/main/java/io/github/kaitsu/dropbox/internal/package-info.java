/** Ours: may change without notice. */
@NullMarked
package io.github.kaitsu.dropbox.internal;

import org.jspecify.annotations.NullMarked;
