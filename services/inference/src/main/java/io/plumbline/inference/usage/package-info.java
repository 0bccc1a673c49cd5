/** What was used, by minute, and what it cost. */
@NullMarked
package io.plumbline.inference.usage;

import org.jspecify.annotations.NullMarked;
