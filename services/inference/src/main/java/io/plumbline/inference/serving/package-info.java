/** The OpenAI API: chat completions, embeddings, models. */
@NullMarked
package io.plumbline.inference.serving;

import org.jspecify.annotations.NullMarked;
