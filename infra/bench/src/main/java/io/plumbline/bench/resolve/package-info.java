/**
 * Measures the cost of resolving a prompt label to a version, beside an endpoint that always
 * answers the same bytes.
 */
@NullMarked
package io.plumbline.bench.resolve;

import org.jspecify.annotations.NullMarked;
