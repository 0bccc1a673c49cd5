/** The canary guard: live traffic of two arms under a sequential rule. */
@NullMarked
package io.plumbline.evaluation.monitor;

import org.jspecify.annotations.NullMarked;
