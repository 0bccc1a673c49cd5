package io.plumbline.promptregistry.resolution;

/**
 * A serialised answer.
 *
 * @param etag a strong entity tag
 * @param body JSON as sent; never modified
 */
record ResolvedPrompt(String etag, byte[] body) {}
