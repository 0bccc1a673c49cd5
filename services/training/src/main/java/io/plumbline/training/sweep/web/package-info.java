/** The HTTP API of searches. */
@NullMarked
package io.plumbline.training.sweep.web;

import org.jspecify.annotations.NullMarked;
