/** Which variant an application's environment serves, and who decided so. */
@NullMarked
package io.plumbline.inference.release;

import org.jspecify.annotations.NullMarked;
