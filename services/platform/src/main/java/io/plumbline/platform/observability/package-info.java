/** Traces, metrics, log context, and the settings that all services share. */
@NullMarked
package io.plumbline.platform.observability;

import org.jspecify.annotations.NullMarked;
