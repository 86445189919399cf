/**
 * What a user of Kaitsu calls: describe a customer and the services to activate, plan, begin, answer, wait, report.
 *
 * <p>Hosts that bring their own store, operator or provider implement the types of {@code io.github.kaitsu.spi}. Everything
 * under {@code io.github.kaitsu.internal} may change without notice.
 */
@NullMarked
package io.github.kaitsu;

import org.jspecify.annotations.NullMarked;
