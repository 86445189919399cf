/** What a host or a provider module implements: stores, operators, provisioners, probes. */
@NullMarked
package io.github.kaitsu.spi;

import org.jspecify.annotations.NullMarked;
