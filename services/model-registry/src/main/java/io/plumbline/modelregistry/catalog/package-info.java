/** The base-model catalogue: what a model is, what it costs and under which licence. */
@NullMarked
package io.plumbline.modelregistry.catalog;

import org.jspecify.annotations.NullMarked;
