/** Signatures of events: what is signed, by which key, and whether a signature holds. */
@NullMarked
package io.plumbline.platform.signature;

import org.jspecify.annotations.NullMarked;
