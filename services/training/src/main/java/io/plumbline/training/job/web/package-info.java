/** The HTTP API of training jobs. */
@NullMarked
package io.plumbline.training.job.web;

import org.jspecify.annotations.NullMarked;
