/** Plan and report as pages and as JSON. A page is content only; its writers know Markdown, HTML or plain text, and escape. */
@NullMarked
package io.github.kaitsu.internal.report;

import org.jspecify.annotations.NullMarked;
