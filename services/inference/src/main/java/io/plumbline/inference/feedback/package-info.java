/** Reads feedback: as a list, on a trace with its corrections, and as figures of a release. */
@NullMarked
package io.plumbline.inference.feedback;

import org.jspecify.annotations.NullMarked;
