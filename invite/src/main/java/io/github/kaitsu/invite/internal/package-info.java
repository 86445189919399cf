/** What the administrator's page is made of. */
@NullMarked
package io.github.kaitsu.invite.internal;

import org.jspecify.annotations.NullMarked;
