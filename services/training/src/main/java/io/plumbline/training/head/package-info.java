/**
 * The classification head and how it is trained: pure arithmetic on embeddings, equal bits for
 * equal seeds.
 */
@NullMarked
package io.plumbline.training.head;

import org.jspecify.annotations.NullMarked;
