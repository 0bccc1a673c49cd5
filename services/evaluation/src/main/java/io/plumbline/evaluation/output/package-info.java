/** The answers of a run: every item with its whole output, and the digest of all of them. */
@NullMarked
package io.plumbline.evaluation.output;

import org.jspecify.annotations.NullMarked;
