package io.plumbline.platform.data;

import java.util.Optional;

/**
 * The migrations of a database, compared with those of a build.
 *
 * @param missing what the database lacks, as it follows "Waiting for": {@code migrations: the
 *     database is at V20261126000000, this build needs V20261201234000}; empty when it has all
 *     migrations of the build
 * @param newer a sentence about the migrations that the build does not have; empty when there are
 *     none
 */
public record SchemaState(Optional<String> missing, Optional<String> newer) {}
