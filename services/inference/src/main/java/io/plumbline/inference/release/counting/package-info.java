/** The counts of an arm's answers and judgements, in total and by cluster of callers. */
@NullMarked
package io.plumbline.inference.release.counting;

import org.jspecify.annotations.NullMarked;
