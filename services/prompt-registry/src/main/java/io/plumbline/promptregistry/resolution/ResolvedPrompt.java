package io.plumbline.promptregistry.resolution;

/**
 * A finished answer.
 *
 * @param etag a strong entity tag
 * @param body JSON as it goes out; never changed
 */
// Arrays compare by identity, which is all a cache needs of them.
@SuppressWarnings("ArrayRecordComponent")
record ResolvedPrompt(String etag, byte[] body) {}
