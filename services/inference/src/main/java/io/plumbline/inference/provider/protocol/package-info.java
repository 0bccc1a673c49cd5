/**
 * Translates between the OpenAI protocol, which the service uses internally, and the protocols of
 * providers.
 */
@NullMarked
package io.plumbline.inference.provider.protocol;

import org.jspecify.annotations.NullMarked;
