/** Feedback as it is read: a list, the feedback and corrections of a trace, figures per release. */
@NullMarked
package io.plumbline.inference.feedback;

import org.jspecify.annotations.NullMarked;
