/**
 * The engine: {@code RunState} folds the journal, {@code Decider} says what follows from it (pure), {@code Advancer} makes it
 * happen.
 */
@NullMarked
package io.github.kaitsu.internal.engine;

import org.jspecify.annotations.NullMarked;
