/** Dropbox: what an activation needs there, what is left to do, and how it is undone. */
@NullMarked
package io.github.kaitsu.dropbox;

import org.jspecify.annotations.NullMarked;
