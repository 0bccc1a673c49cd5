/** Which items of a suite are in what a variant used, by content. */
@NullMarked
package io.plumbline.evaluation.leakage;

import org.jspecify.annotations.NullMarked;
