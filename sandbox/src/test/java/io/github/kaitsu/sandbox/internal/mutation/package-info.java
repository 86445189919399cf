/** Ours: what changes the sandbox's pages into others. May change without notice. */
@NullMarked
package io.github.kaitsu.sandbox.internal.mutation;

import org.jspecify.annotations.NullMarked;
