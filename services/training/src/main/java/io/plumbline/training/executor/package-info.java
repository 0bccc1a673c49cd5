/** The local executor: a child process that embeds, trains and reports, and its parent. */
@NullMarked
package io.plumbline.training.executor;

import org.jspecify.annotations.NullMarked;
