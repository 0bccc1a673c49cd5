/**
 * Support for the tests of every service: real PostgreSQL and Kafka, tokens, clients and house
 * rules.
 */
@NullMarked
package io.plumbline.platform.test;

import org.jspecify.annotations.NullMarked;
