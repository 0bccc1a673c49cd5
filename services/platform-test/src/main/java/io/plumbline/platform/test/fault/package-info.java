/** Faults that tests put a service to: events delivered again, and a disk that is full. */
@NullMarked
package io.plumbline.platform.test.fault;

import org.jspecify.annotations.NullMarked;
