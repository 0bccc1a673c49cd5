/** The process of a service, and its background loops with their pauses and wake-ups. */
@NullMarked
package io.plumbline.platform.lifecycle;

import org.jspecify.annotations.NullMarked;
