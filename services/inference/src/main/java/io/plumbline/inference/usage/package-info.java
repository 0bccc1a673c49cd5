/** Meters usage and cost by minute, and proves that a request was counted. */
@NullMarked
package io.plumbline.inference.usage;

import org.jspecify.annotations.NullMarked;
