/** Projections of other services' events: applications and phases, base models, datasets. */
@NullMarked
package io.plumbline.training.projection;

import org.jspecify.annotations.NullMarked;
