/** Limits that keep one workspace from taking what the others need: quotas and fair caches. */
@NullMarked
package io.plumbline.platform.limit;

import org.jspecify.annotations.NullMarked;
