/** Background loops: how they run, wait, wake up and back off. */
@NullMarked
package io.plumbline.platform.lifecycle;

import org.jspecify.annotations.NullMarked;
