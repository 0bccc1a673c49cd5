package io.plumbline.inference.provider.protocol;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request in the form that a provider takes.
 *
 * @param path the path after the base URL, with its query
 */
public record UpstreamRequest(String path, ObjectNode body) {}
