package io.plumbline.evaluation.projection;

import io.plumbline.contracts.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A server of a provider's models. Its operator sees everything that is sent to it.
 *
 * @param connectionDigest the version of the connection that a variant keeps
 * @param host the host of the connection's address; absent for a connection from before evaluation
 *     kept them
 * @param connectedBy who created this version of the connection; absent together with the host
 */
public record ModelServer(
    Digest connectionDigest, @Nullable String host, @Nullable String connectedBy) {}
