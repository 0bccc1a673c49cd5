/** Verifies all evidence: the log, the tables derived from it, and the approvals. */
@NullMarked
package io.plumbline.compliance.verification;

import org.jspecify.annotations.NullMarked;
