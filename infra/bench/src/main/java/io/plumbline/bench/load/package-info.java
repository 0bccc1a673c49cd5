/** Requests over kept-alive connections, and what they cost the processes that answer them. */
@NullMarked
package io.plumbline.bench.load;

import org.jspecify.annotations.NullMarked;
