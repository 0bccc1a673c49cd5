/** Keys that an operator configures, as keysets of Tink. */
@NullMarked
package io.plumbline.inference.keyset;

import org.jspecify.annotations.NullMarked;
