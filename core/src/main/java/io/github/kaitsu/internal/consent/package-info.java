/** Own-app consent: what is stored of it, and how tokens come out of what is stored. */
@NullMarked
package io.github.kaitsu.internal.consent;

import org.jspecify.annotations.NullMarked;
