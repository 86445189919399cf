/** An operator that performs actions in a visible Chrome while a person watches. */
@NullMarked
package io.github.kaitsu.browser;

import org.jspecify.annotations.NullMarked;
