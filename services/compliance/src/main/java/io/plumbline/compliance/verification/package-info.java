/** Verifies everything that is evidence: the log, what is shown of it, and what was approved. */
@NullMarked
package io.plumbline.compliance.verification;

import org.jspecify.annotations.NullMarked;
