/** What a variant answers where its model is not sure enough. */
@NullMarked
package io.plumbline.inference.abstention;

import org.jspecify.annotations.NullMarked;
