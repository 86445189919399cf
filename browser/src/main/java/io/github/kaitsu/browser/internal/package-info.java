/** Not for use outside this module. */
@NullMarked
package io.github.kaitsu.browser.internal;

import org.jspecify.annotations.NullMarked;
