/** Which versions include which. */
@NullMarked
package io.plumbline.promptregistry.inclusion;

import org.jspecify.annotations.NullMarked;
