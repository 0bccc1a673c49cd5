/**
 * Fine-tuning jobs: gated, queued, trained for real in a child process, observable and resumable.
 */
@NullMarked
package io.plumbline.training;

import org.jspecify.annotations.NullMarked;
