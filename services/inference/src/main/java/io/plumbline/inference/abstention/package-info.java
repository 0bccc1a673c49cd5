/** Lets a variant abstain where its model is not sure enough or says that it has no answer. */
@NullMarked
package io.plumbline.inference.abstention;

import org.jspecify.annotations.NullMarked;
