/** Dead letters for operators: listed with their cause, and replayed. */
@NullMarked
package io.plumbline.platform.deadletter;

import org.jspecify.annotations.NullMarked;
