/** What happened in each request, kept from the moment of its answer: journal, table and reads. */
@NullMarked
package io.plumbline.inference.trace;

import org.jspecify.annotations.NullMarked;
