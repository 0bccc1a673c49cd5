/** The outbox with its relay, the inbox, and dead letters. */
@NullMarked
package io.plumbline.platform.event;

import org.jspecify.annotations.NullMarked;
