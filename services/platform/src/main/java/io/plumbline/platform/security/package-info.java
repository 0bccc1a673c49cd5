/**
 * The filter chain: the callers that it admits, and the callers that a service acts on behalf of.
 */
@NullMarked
package io.plumbline.platform.security;

import org.jspecify.annotations.NullMarked;
