package io.plumbline.promptregistry.resolution;

/**
 * A serialised answer to a request for a prompt.
 *
 * @param etag a strong entity tag
 * @param body the JSON as it is sent; never modified
 */
record ResolvedPrompt(String etag, byte[] body) {}
