/** The processes of the running platform, and those that run for a measurement only. */
@NullMarked
package io.plumbline.bench.process;

import org.jspecify.annotations.NullMarked;
