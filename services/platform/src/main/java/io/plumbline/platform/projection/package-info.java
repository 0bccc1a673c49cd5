/** The description of tables that follow from events. */
@NullMarked
package io.plumbline.platform.projection;

import org.jspecify.annotations.NullMarked;
