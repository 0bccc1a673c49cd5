/** The search over the entries of the ledger, for each workspace. */
@NullMarked
package io.plumbline.compliance.audit;

import org.jspecify.annotations.NullMarked;
