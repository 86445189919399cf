/**
 * What a run has done and learnt, as it is stored: events, entries and their JSON. The one package whose names may only grow
 * (docs/journal.md).
 */
@NullMarked
package io.github.kaitsu.journal;

import org.jspecify.annotations.NullMarked;
