/** The growing Merkle tree of RFC 6962 and RFC 9162: its right edge and its tiles. */
@NullMarked
package io.plumbline.compliance.ledger.tree;

import org.jspecify.annotations.NullMarked;
