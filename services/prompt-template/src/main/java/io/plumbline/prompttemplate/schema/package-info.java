/** JSON Schemas that callers write, held against values at a bounded cost. */
@NullMarked
package io.plumbline.prompttemplate.schema;

import org.jspecify.annotations.NullMarked;
