/** What goes on in the background from the start of a service to its end. */
@NullMarked
package io.plumbline.platform.lifecycle;

import org.jspecify.annotations.NullMarked;
