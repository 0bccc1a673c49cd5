/** Per-workspace data that requests need, kept in memory. */
@NullMarked
package io.plumbline.inference.cache;

import org.jspecify.annotations.NullMarked;
