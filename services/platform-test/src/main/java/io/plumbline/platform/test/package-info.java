/** Real PostgreSQL and Kafka, tokens, clients and house rules for the tests of every service. */
@NullMarked
package io.plumbline.platform.test;

import org.jspecify.annotations.NullMarked;
