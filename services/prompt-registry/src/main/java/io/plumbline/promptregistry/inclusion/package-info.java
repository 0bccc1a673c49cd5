/** The inclusions between prompt versions. */
@NullMarked
package io.plumbline.promptregistry.inclusion;

import org.jspecify.annotations.NullMarked;
