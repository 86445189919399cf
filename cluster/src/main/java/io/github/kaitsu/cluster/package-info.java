/**
 * Activations and credentials in a database: PostgreSQL for many nodes, H2 in a file for one process ({@code docs/cluster.md}). {@link
 * io.github.kaitsu.cluster.KaitsuSchema} makes the tables.
 */
@NullMarked
package io.github.kaitsu.cluster;

import org.jspecify.annotations.NullMarked;
