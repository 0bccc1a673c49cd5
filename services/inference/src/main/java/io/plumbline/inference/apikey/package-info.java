/** Keys with which applications call the OpenAI API: what they may call, until when, revocation. */
@NullMarked
package io.plumbline.inference.apikey;

import org.jspecify.annotations.NullMarked;
