package io.plumbline.prompttemplate.tokens;

/**
 * The tokens of a request.
 *
 * @param count as many as were counted: more than the limit up to which they were, where they are
 *     more
 * @param estimated whether the model's own count may differ
 * @param encoding by which the texts were cut, in OpenAI's name for it
 */
public record TokenCount(long count, boolean estimated, String encoding) {}
