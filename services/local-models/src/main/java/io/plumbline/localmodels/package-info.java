/**
 * Models that run in this process on a CPU, offline: encoders, the embedding choice model and
 * trained classification heads.
 */
@NullMarked
package io.plumbline.localmodels;

import org.jspecify.annotations.NullMarked;
