/** The administrator's page: invitations by link, and the pages behind them. */
@NullMarked
package io.github.kaitsu.invite;

import org.jspecify.annotations.NullMarked;
