/**
 * The vendor's console: its addresses, the opening mail, and what its pages say when somebody pastes them.
 */
@NullMarked
package io.github.kaitsu.console;

import org.jspecify.annotations.NullMarked;
