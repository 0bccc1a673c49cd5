/** The HTTP interface of assessments. */
@NullMarked
package io.plumbline.strategy.assessment.web;

import org.jspecify.annotations.NullMarked;
