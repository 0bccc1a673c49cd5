/** Benchmarks run by hand: ratios taken side by side in one run, never asserted. */
@NullMarked
package io.plumbline.bench;

import org.jspecify.annotations.NullMarked;
