/** The ledger: every event of every service in one append-only, signed Merkle log. */
@NullMarked
package io.plumbline.compliance.ledger;

import org.jspecify.annotations.NullMarked;
