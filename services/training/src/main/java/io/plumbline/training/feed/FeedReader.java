package io.plumbline.training.feed;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The source of the streams of jobs, within the caller's workspace. */
public interface FeedReader {

  /**
   * The head of a stream.
   *
   * @param last the number of its last event
   * @param ended whether no further event will follow
   */
  record FeedStatus(long last, boolean ended) {}

  /** Returns the heads of those jobs that exist, in one query. */
  Map<UUID, FeedStatus> readStatuses(Set<UUID> jobs);

  /** Returns the first events after a number, in order. */
  List<FeedEntry> eventsAfter(UUID job, long sequence);
}
