/** The encoders of index texts: encoders of this installation, and models of providers. */
@NullMarked
package io.plumbline.inference.retrieval.encoder;

import org.jspecify.annotations.NullMarked;
