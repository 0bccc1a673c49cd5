/**
 * What a chat completion costs at inference and at the gateway, beside a gateway that only
 * forwards.
 */
@NullMarked
package io.plumbline.bench.gateway;

import org.jspecify.annotations.NullMarked;
