/** Thirty customers that are none, each with a sandbox and scripted persons of its own. A real desk leaves this package out. */
@NullMarked
package io.github.kaitsu.desk.sandbox;

import org.jspecify.annotations.NullMarked;
