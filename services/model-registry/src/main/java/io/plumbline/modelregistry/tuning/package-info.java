/** Statements that a provider's model was tuned, each of which a second person confirms. */
@NullMarked
package io.plumbline.modelregistry.tuning;

import org.jspecify.annotations.NullMarked;
