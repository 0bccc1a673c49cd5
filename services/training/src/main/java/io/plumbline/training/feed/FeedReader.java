package io.plumbline.training.feed;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the streams of jobs are read from, within the caller's workspace. */
public interface FeedReader {

  /**
   * How far a stream is.
   *
   * @param last the number of its last event
   * @param ended whether none will follow
   */
  record Head(long last, boolean ended) {}

  /** Of the jobs that there are; in one query. */
  Map<UUID, Head> heads(Set<UUID> jobs);

  /** The first events after a number, in order. */
  List<FeedEntry> after(UUID job, long sequence);
}
