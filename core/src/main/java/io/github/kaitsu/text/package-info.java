/**
 * Texts and labels in Japanese and English. Not exported: for the core alone.
 */
@NullMarked
package io.github.kaitsu.text;

import org.jspecify.annotations.NullMarked;
