/** What the project promises about speed and size, measured. */
@NullMarked
package io.github.kaitsu.benchmarks;

import org.jspecify.annotations.NullMarked;
