/** Recomputes the whole ledger and names what was changed after it was signed. */
@NullMarked
package io.plumbline.compliance.ledger.verification;

import org.jspecify.annotations.NullMarked;
