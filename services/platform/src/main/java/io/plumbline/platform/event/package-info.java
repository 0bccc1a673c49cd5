/** Outbox, relay, inbox and parked messages. */
@NullMarked
package io.plumbline.platform.event;

import org.jspecify.annotations.NullMarked;
