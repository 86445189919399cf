/** Ours: may change without notice. */
@NullMarked
package io.github.kaitsu.google.internal;

import org.jspecify.annotations.NullMarked;
