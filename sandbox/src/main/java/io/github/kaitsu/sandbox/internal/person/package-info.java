/** Ours: what the scripted person knows and does. May change without notice. */
@NullMarked
package io.github.kaitsu.sandbox.internal.person;

import org.jspecify.annotations.NullMarked;
