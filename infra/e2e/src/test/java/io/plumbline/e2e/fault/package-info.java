/** The platform under faults: processes killed, frozen and ended, load beyond what it can carry. */
@NullMarked
package io.plumbline.e2e.fault;

import org.jspecify.annotations.NullMarked;
