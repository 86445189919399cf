/** Ours: may change without notice. */
@NullMarked
package io.github.kaitsu.box.internal;

import org.jspecify.annotations.NullMarked;
