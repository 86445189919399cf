/** Ours: may change without notice. */
@NullMarked
package io.github.kaitsu.internal;

import org.jspecify.annotations.NullMarked;
