/** The demo on real mail: a label for each message, by prompt, retrieval and training. */
@NullMarked
package io.plumbline.demo.mail;

import org.jspecify.annotations.NullMarked;
