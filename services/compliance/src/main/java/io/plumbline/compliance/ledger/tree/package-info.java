/** The Merkle tree of RFC 6962 and RFC 9162: hashes, tiles, proofs and their verification. */
@NullMarked
package io.plumbline.compliance.ledger.tree;

import org.jspecify.annotations.NullMarked;
