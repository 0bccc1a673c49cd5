/**
 * Measures the cost of a chat completion at inference and at the gateway, beside a gateway that
 * only forwards.
 */
@NullMarked
package io.plumbline.bench.gateway;

import org.jspecify.annotations.NullMarked;
