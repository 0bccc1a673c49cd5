/** What answers of the OpenAI API have in common: errors, streams of events, ids of requests. */
@NullMarked
package io.plumbline.inference.serving.protocol;

import org.jspecify.annotations.NullMarked;
