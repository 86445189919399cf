/**
 * What only a person can do, as data: actions, answers, and who is asked. For hosts that build screens or operators.
 */
@NullMarked
package io.github.kaitsu.operator;

import org.jspecify.annotations.NullMarked;
