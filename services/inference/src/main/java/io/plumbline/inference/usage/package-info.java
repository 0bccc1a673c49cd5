/** Usage and cost by minute. */
@NullMarked
package io.plumbline.inference.usage;

import org.jspecify.annotations.NullMarked;
