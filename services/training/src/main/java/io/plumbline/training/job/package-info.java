/** Training jobs: the gate that admits them, their states, and the stream of their events. */
@NullMarked
package io.plumbline.training.job;

import org.jspecify.annotations.NullMarked;
