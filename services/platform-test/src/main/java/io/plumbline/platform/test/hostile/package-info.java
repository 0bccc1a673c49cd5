/** Texts that strangers write to take the time or the memory of a process. */
@NullMarked
package io.plumbline.platform.test.hostile;

import org.jspecify.annotations.NullMarked;
