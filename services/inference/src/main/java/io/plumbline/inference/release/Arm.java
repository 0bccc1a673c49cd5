package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import java.util.UUID;

/**
 * A share of an environment's traffic.
 *
 * @param releaseId the release that the arm is reported under: while a canary runs, the canary's
 * @param name {@code active}, {@code control} or {@code canary}
 */
public record Arm(
    UUID releaseId, String application, String environment, Digest variant, String name) {}
