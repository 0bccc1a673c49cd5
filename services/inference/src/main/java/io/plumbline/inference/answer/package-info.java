/** What an answer says beside its text: which passages it cites, and what Plumbline adds to it. */
@NullMarked
package io.plumbline.inference.answer;

import org.jspecify.annotations.NullMarked;
