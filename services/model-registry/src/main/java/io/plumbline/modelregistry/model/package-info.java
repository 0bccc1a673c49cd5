/**
 * The tuned models: immutable versions with their lineage, aliases that point at them, and model
 * cards.
 */
@NullMarked
package io.plumbline.modelregistry.model;

import org.jspecify.annotations.NullMarked;
