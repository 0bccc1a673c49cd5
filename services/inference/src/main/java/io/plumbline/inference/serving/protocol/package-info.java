/** The common parts of answers of the OpenAI API: errors, streams of events, ids of requests. */
@NullMarked
package io.plumbline.inference.serving.protocol;

import org.jspecify.annotations.NullMarked;
