/** Measures how fast committed events reach Kafka, beside a producer without an outbox. */
@NullMarked
package io.plumbline.bench.outbox;

import org.jspecify.annotations.NullMarked;
