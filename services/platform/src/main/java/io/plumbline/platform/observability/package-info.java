/** Log context and defaults. */
@NullMarked
package io.plumbline.platform.observability;

import org.jspecify.annotations.NullMarked;
