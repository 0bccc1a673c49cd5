/** The states, decisions and outcomes that events carry. */
@NullMarked
package io.plumbline.contracts.state;

import org.jspecify.annotations.NullMarked;
