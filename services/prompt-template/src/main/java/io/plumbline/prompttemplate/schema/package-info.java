/** Validation of values by JSON Schemas that callers write, at a bounded cost. */
@NullMarked
package io.plumbline.prompttemplate.schema;

import org.jspecify.annotations.NullMarked;
