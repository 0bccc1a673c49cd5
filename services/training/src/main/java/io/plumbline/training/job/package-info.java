/** Training jobs: the gate before them, their states, and the stream of what they measure. */
@NullMarked
package io.plumbline.training.job;

import org.jspecify.annotations.NullMarked;
