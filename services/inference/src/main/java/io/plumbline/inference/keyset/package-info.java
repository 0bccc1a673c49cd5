/** Turns the keys that an operator configures into keysets of Tink. */
@NullMarked
package io.plumbline.inference.keyset;

import org.jspecify.annotations.NullMarked;
