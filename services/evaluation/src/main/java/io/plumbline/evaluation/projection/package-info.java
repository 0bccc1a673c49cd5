/** Projections of other services' events: applications, variants, criteria and splits. */
@NullMarked
package io.plumbline.evaluation.projection;

import org.jspecify.annotations.NullMarked;
