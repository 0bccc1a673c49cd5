/** Immutable search indexes over labelled rows. */
@NullMarked
package io.plumbline.inference.retrieval;

import org.jspecify.annotations.NullMarked;
