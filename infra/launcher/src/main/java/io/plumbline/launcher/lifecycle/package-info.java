/** Starting, stopping and showing the components of a platform. */
@NullMarked
package io.plumbline.launcher.lifecycle;

import org.jspecify.annotations.NullMarked;
