/** Row-level security of PostgreSQL, bound to the caller's workspace. */
@NullMarked
package io.plumbline.platform.data;

import org.jspecify.annotations.NullMarked;
