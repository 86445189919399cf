/**
 * Many customers at once: begun from a file, listed for a spreadsheet.
 */
@NullMarked
package io.github.kaitsu.fleet;

import org.jspecify.annotations.NullMarked;
