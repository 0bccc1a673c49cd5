/**
 * Runs PostgreSQL, Kafka, Keycloak and the applications of Plumbline on one machine, as child
 * processes.
 */
@NullMarked
package io.plumbline.launcher;

import org.jspecify.annotations.NullMarked;
