/**
 * What a user of Kaitsu calls: describe a customer and the services to activate, plan, begin, answer, wait, report.
 *
 * <p>One package for each subject: {@code operator} for who builds screens, {@code store} and {@code consent} for who runs it,
 * {@code provision} for who writes a service's module, {@code console}, {@code journal} and {@code report} for what is read.
 * Whatever is called {@code internal} may change without notice.
 */
@NullMarked
package io.github.kaitsu;

import org.jspecify.annotations.NullMarked;
