/** What requests need to know, held in memory per workspace. */
@NullMarked
package io.plumbline.inference.cache;

import org.jspecify.annotations.NullMarked;
