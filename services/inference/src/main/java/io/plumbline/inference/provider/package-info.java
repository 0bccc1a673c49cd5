/** The external endpoints that serve models. The service calls them without trusting them. */
@NullMarked
package io.plumbline.inference.provider;

import org.jspecify.annotations.NullMarked;
