/** The check for items of a suite that leaked, by content, into what a variant used. */
@NullMarked
package io.plumbline.evaluation.leakage;

import org.jspecify.annotations.NullMarked;
