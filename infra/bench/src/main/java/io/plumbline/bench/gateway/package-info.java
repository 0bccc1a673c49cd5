/**
 * What a chat completion costs at the platform's doors, beside a gateway that does nothing but
 * forward.
 */
@NullMarked
package io.plumbline.bench.gateway;

import org.jspecify.annotations.NullMarked;
