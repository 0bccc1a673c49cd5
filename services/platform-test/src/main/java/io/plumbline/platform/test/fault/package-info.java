/**
 * Faults that tests expose a service to: events that are delivered again, and a disk that is full.
 */
@NullMarked
package io.plumbline.platform.test.fault;

import org.jspecify.annotations.NullMarked;
