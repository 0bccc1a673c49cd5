/** The catalogue of base models: kind, context window, prices and licence. */
@NullMarked
package io.plumbline.modelregistry.catalog;

import org.jspecify.annotations.NullMarked;
