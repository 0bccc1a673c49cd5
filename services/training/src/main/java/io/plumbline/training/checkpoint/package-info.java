/**
 * Checkpoints on disk: written whole or not at all, and refused when they belong to another job.
 */
@NullMarked
package io.plumbline.training.checkpoint;

import org.jspecify.annotations.NullMarked;
