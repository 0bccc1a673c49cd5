/** Requests that need a second person, and their decisions. */
@NullMarked
package io.plumbline.compliance.approval;

import org.jspecify.annotations.NullMarked;
