/** Box: the connection to a customer's enterprise, what an activation needs there, and how it is proved and undone. */
@NullMarked
package io.github.kaitsu.box;

import org.jspecify.annotations.NullMarked;
