/** The traces of requests, kept from the moment of the answer: journal, table and reads. */
@NullMarked
package io.plumbline.inference.trace;

import org.jspecify.annotations.NullMarked;
