/** Ours: the sandbox's world, its log, its pages and its API. May change without notice. */
@NullMarked
package io.github.kaitsu.sandbox.internal;

import org.jspecify.annotations.NullMarked;
