/**
 * Translates between the OpenAI protocol, which the service speaks inside, and a provider's own.
 */
@NullMarked
package io.plumbline.inference.provider.protocol;

import org.jspecify.annotations.NullMarked;
