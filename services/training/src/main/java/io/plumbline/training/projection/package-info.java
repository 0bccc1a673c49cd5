/**
 * What other services have told: applications and their phases, base models, splits and admissions.
 */
@NullMarked
package io.plumbline.training.projection;

import org.jspecify.annotations.NullMarked;
