/** A message as the ledger keeps, hashes and identifies it. */
@NullMarked
package io.plumbline.compliance.ledger.entry;

import org.jspecify.annotations.NullMarked;
