/** Tests whether a provider's connection can be called: its address, its API key and its models. */
@NullMarked
package io.plumbline.inference.provider.probe;

import org.jspecify.annotations.NullMarked;
