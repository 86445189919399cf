/**
 * Files that survive a crash, and locks among processes. Not exported: for the core alone.
 */
@NullMarked
package io.github.kaitsu.files;

import org.jspecify.annotations.NullMarked;
