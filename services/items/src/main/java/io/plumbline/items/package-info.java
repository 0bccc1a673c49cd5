/** The cases of a dataset: what is asked, and what is expected of the answer. */
@NullMarked
package io.plumbline.items;

import org.jspecify.annotations.NullMarked;
