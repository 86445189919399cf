/**
 * The pages of reports. May change without notice.
 */
@NullMarked
package io.github.kaitsu.report.internal;

import org.jspecify.annotations.NullMarked;
