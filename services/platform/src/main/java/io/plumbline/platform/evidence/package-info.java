/** Comparison of the tables of services with the log of all events. */
@NullMarked
package io.plumbline.platform.evidence;

import org.jspecify.annotations.NullMarked;
