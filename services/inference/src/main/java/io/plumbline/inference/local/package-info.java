/** Answers by models that run in this process. */
@NullMarked
package io.plumbline.inference.local;

import org.jspecify.annotations.NullMarked;
