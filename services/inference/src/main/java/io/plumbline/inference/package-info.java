/** Composes what was chosen into variants, releases them and serves them. */
@NullMarked
package io.plumbline.inference;

import org.jspecify.annotations.NullMarked;
