/**
 * What is handed over when a run has ended, and the plan before it begins.
 */
@NullMarked
package io.github.kaitsu.report;

import org.jspecify.annotations.NullMarked;
