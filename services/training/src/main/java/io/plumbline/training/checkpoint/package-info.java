/** Checkpoints on disk: written atomically, and refused when they belong to another job. */
@NullMarked
package io.plumbline.training.checkpoint;

import org.jspecify.annotations.NullMarked;
