/**
 * What it costs to ask which version of a prompt a label names, beside an endpoint that always
 * answers the same.
 */
@NullMarked
package io.plumbline.bench.resolve;

import org.jspecify.annotations.NullMarked;
