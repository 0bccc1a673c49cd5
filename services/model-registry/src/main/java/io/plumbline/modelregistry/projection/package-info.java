/** Projections of other services' events: the training jobs that have ended. */
@NullMarked
package io.plumbline.modelregistry.projection;

import org.jspecify.annotations.NullMarked;
