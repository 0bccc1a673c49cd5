/**
 * Projections of other services' events: ended training jobs, verdicts, halted canaries, and the
 * criteria in force.
 */
@NullMarked
package io.plumbline.modelregistry.projection;

import org.jspecify.annotations.NullMarked;
