/** How fast committed facts reach Kafka, beside a producer that has nothing to remember. */
@NullMarked
package io.plumbline.bench.outbox;

import org.jspecify.annotations.NullMarked;
