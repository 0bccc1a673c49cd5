/** Search over the ledger's entries, per workspace. */
@NullMarked
package io.plumbline.compliance.audit;

import org.jspecify.annotations.NullMarked;
