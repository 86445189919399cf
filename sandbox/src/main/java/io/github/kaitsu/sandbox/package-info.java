/**
 * The console and the four providers as local HTTP servers, for an embedder's tests and for trying everything out.
 *
 * <p>Nothing here talks to a vendor. What the servers show and answer follows the four manuals and the vendors' published
 * specifications; where neither says anything, the class says that it is ours.
 */
@NullMarked
package io.github.kaitsu.sandbox;

import org.jspecify.annotations.NullMarked;
