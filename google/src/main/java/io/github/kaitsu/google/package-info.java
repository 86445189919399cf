/** Google Workspace: what an activation of Gmail and Google Drive needs there, what is left to do, and how it is undone. */
@NullMarked
package io.github.kaitsu.google;

import org.jspecify.annotations.NullMarked;
