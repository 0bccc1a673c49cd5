/** Canonical JSON and digests over it, Merkle trees, and time-ordered identifiers. */
@NullMarked
package io.plumbline.platform.digest;

import org.jspecify.annotations.NullMarked;
