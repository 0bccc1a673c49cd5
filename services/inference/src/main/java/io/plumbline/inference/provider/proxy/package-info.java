/** Calls providers by HTTP, directly or through the proxy of a company. */
@NullMarked
package io.plumbline.inference.provider.proxy;

import org.jspecify.annotations.NullMarked;
