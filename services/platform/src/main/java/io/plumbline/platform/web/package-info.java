/** Conventions of the HTTP API: pages, entity tags, idempotency. */
@NullMarked
package io.plumbline.platform.web;

import org.jspecify.annotations.NullMarked;
