package io.plumbline.training.feed;

/**
 * An event of a job's stream.
 *
 * @param data a JSON object
 */
public record FeedEntry(long sequence, String kind, String data) {}
