/**
 * The assessment of the approach that suits an application: a decision tree over answers and
 * evidence.
 */
@NullMarked
package io.plumbline.strategy.assessment;

import org.jspecify.annotations.NullMarked;
