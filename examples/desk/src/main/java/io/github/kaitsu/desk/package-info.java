/** The desk of an onboarding team: a web application to start one's own from. */
@NullMarked
package io.github.kaitsu.desk;

import org.jspecify.annotations.NullMarked;
