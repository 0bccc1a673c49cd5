/** Conventions of the HTTP API: pages, entity tags, idempotency, and its description. */
@NullMarked
package io.plumbline.platform.web;

import org.jspecify.annotations.NullMarked;
