/** Composes immutable variants of prompt, model, index and parameters. */
@NullMarked
package io.plumbline.inference.variant;

import org.jspecify.annotations.NullMarked;
