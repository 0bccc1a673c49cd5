/** Checkpoints on disk. They are written atomically, and ignored if they are of another recipe. */
@NullMarked
package io.plumbline.training.checkpoint;

import org.jspecify.annotations.NullMarked;
