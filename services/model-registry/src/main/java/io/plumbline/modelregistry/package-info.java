/**
 * The models that can be served: base models with their prices, and tuned versions with their
 * lineage and aliases.
 */
@NullMarked
package io.plumbline.modelregistry;

import org.jspecify.annotations.NullMarked;
