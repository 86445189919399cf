/** The JSON of journal entries (docs/journal.md). Not exported: for stores of the core. */
@NullMarked
package io.github.kaitsu.journal.codec;

import org.jspecify.annotations.NullMarked;
