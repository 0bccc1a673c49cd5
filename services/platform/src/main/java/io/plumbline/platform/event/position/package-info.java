/** Up to where this service has dealt with the topics that it consumes. */
@NullMarked
package io.plumbline.platform.event.position;

import org.jspecify.annotations.NullMarked;
