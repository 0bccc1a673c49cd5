/** Divides documents into the passages of an index. */
@NullMarked
package io.plumbline.inference.retrieval.chunk;

import org.jspecify.annotations.NullMarked;
