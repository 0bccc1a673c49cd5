/** A job queue in PostgreSQL with leases, heartbeats and fencing tokens. */
@NullMarked
package io.plumbline.platform.job;

import org.jspecify.annotations.NullMarked;
