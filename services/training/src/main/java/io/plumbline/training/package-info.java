/**
 * Fine-tuning jobs. They are gated, queued, trained in a child process, observable and resumable.
 */
@NullMarked
package io.plumbline.training;

import org.jspecify.annotations.NullMarked;
