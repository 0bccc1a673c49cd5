package io.plumbline.inference.provider.protocol;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request as a provider takes it.
 *
 * @param path what follows the base URL, with its query
 */
public record UpstreamRequest(String path, ObjectNode body) {}
