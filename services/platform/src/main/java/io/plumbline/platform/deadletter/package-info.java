/** Dead letters for operators, who list them with their cause and replay them. */
@NullMarked
package io.plumbline.platform.deadletter;

import org.jspecify.annotations.NullMarked;
