/** Kaitsu in a Spring Boot application: nothing but wiring, and nothing that a host cannot replace by a bean of its own. */
@NullMarked
package io.github.kaitsu.spring;

import org.jspecify.annotations.NullMarked;
