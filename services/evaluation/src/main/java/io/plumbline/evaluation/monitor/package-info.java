/** The canary guard, which compares the live traffic of two arms by a sequential rule. */
@NullMarked
package io.plumbline.evaluation.monitor;

import org.jspecify.annotations.NullMarked;
