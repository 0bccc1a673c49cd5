/** Immutable search indexes over labelled rows and over documents. */
@NullMarked
package io.plumbline.inference.retrieval;

import org.jspecify.annotations.NullMarked;
