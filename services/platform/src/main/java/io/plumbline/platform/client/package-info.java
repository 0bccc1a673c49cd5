/** Calls to other services for immutable content. */
@NullMarked
package io.plumbline.platform.client;

import org.jspecify.annotations.NullMarked;
