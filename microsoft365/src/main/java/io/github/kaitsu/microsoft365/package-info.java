/** Microsoft 365: Exchange Online, SharePoint Online, OneDrive, Microsoft Teams, and Microsoft Information Protection. */
@NullMarked
package io.github.kaitsu.microsoft365;

import org.jspecify.annotations.NullMarked;
