/** The {@code kaitsu} command: a sample application, and the way to try everything. */
@NullMarked
package io.github.kaitsu.cli;

import org.jspecify.annotations.NullMarked;
