/** The streams of jobs' events to the clients that follow them, read once for all of a process. */
@NullMarked
package io.plumbline.training.feed;

import org.jspecify.annotations.NullMarked;
