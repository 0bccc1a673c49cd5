/** Streams of jobs' events to clients. Each process reads the events once for all its clients. */
@NullMarked
package io.plumbline.training.feed;

import org.jspecify.annotations.NullMarked;
