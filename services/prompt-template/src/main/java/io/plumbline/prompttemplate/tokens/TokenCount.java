package io.plumbline.prompttemplate.tokens;

/**
 * The tokens of a request.
 *
 * @param count the exact number up to the limit of the count; when there are more, some number
 *     above the limit
 * @param estimated whether the model's own count may differ
 * @param encoding the encoding that cut the texts, by OpenAI's name for it
 */
public record TokenCount(long count, boolean estimated, String encoding) {}
