/** Lets a variant abstain where its model is not confident enough or declares it has no answer. */
@NullMarked
package io.plumbline.inference.abstention;

import org.jspecify.annotations.NullMarked;
