/** Canonical JSON, digests over it, and time-ordered identifiers. */
@NullMarked
package io.plumbline.platform.digest;

import org.jspecify.annotations.NullMarked;
