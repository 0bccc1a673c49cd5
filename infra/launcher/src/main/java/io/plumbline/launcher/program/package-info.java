/**
 * Programs of other modules that run in the foreground: the demo, the benchmarks and the ledger
 * verifier.
 */
@NullMarked
package io.plumbline.launcher.program;

import org.jspecify.annotations.NullMarked;
