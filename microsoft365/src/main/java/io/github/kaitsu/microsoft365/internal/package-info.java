/** Ours: may change without notice. */
@NullMarked
package io.github.kaitsu.microsoft365.internal;

import org.jspecify.annotations.NullMarked;
