/** The parts of the file store: what is written where, in which order, and under which lock. */
@NullMarked
package io.github.kaitsu.internal.files;

import org.jspecify.annotations.NullMarked;
