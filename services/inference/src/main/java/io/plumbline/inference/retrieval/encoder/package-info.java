/** What embeds the texts of indexes: encoders of this installation, and providers' models. */
@NullMarked
package io.plumbline.inference.retrieval.encoder;

import org.jspecify.annotations.NullMarked;
