/** The API keys with which applications call the OpenAI API: scope, expiry and revocation. */
@NullMarked
package io.plumbline.inference.apikey;

import org.jspecify.annotations.NullMarked;
