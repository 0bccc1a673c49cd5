/**
 * The local executor: a child process that embeds, trains and reports, and the parent's side of
 * that process.
 */
@NullMarked
package io.plumbline.training.executor;

import org.jspecify.annotations.NullMarked;
