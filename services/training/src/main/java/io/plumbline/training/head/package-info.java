/**
 * The classification head and its training. Both are pure arithmetic on embeddings, with equal bits
 * for equal seeds.
 */
@NullMarked
package io.plumbline.training.head;

import org.jspecify.annotations.NullMarked;
