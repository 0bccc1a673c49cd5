/** The HTTP API of searches. */
@NullMarked
package io.plumbline.training.search.web;

import org.jspecify.annotations.NullMarked;
