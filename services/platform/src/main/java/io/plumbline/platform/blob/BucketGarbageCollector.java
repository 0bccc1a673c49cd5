package io.plumbline.platform.blob;

import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Deletes objects that this service wrote and that none of its rows mentions any more, parts of
 * uploads that were given up, and what is left of broken uploads. What a row mentions, and why the
 * old objects are selected before the rows are read, is as for the {@link BlobGarbageCollector}.
 *
 * <p>Content that is written again becomes a new object. An old object can therefore be deleted
 * without checking its age again.
 */
class BucketGarbageCollector {

  private static final Logger log = LoggerFactory.getLogger(BucketGarbageCollector.class);

  private final Bucket bucket;
  private final String service;
  private final Duration grace;
  private final MentionedDigests rows;
  private final Clock clock;
  private final Pattern content;

  BucketGarbageCollector(
      Bucket bucket, String service, Duration grace, MentionedDigests rows, Clock clock) {
    this.bucket = bucket;
    this.service = service;
    this.grace = grace;
    this.rows = rows;
    this.clock = clock;
    this.content =
        Pattern.compile("[^/]+/content/([0-9a-f]{64})/" + Pattern.quote(service) + "/[^/]+");
  }

  /**
   * Collects content in every workspace. A workspace that fails is reported and does not keep the
   * others from being collected.
   */
  @Scheduled(initialDelayString = "PT20M", fixedDelayString = "PT6H")
  public void collect() {
    List<String> workspaces;
    try {
      workspaces = bucket.folders("");
    } catch (StorageUnavailableException e) {
      log.warn("Unreferenced content could not be deleted. It is tried again in 6 hours.", e);
      return;
    }
    for (String workspace : workspaces) {
      try {
        collect(UUID.fromString(workspace));
      } catch (RuntimeException e) {
        log.warn(
            "Unreferenced content of {} could not be deleted. It is tried again in 6 hours.",
            workspace,
            e);
      }
    }
  }

  private void collect(UUID workspace) {
    Instant before = clock.instant().minus(grace);
    String parts = workspace + "/parts/" + service + "/";
    bucket.abortUploads(
        workspace + "/", key -> key.startsWith(parts) || content.matcher(key).matches(), before);
    List<String> oldParts = new ArrayList<>();
    Map<String, List<String>> oldContents = new HashMap<>();
    bucket.forEach(
        workspace + "/",
        each -> {
          if (!each.modified().isBefore(before)) {
            return;
          }
          Matcher found = content.matcher(each.key());
          if (each.key().startsWith(parts)) {
            oldParts.add(each.key());
          } else if (found.matches()) {
            oldContents
                .computeIfAbsent(found.group(1), digest -> new ArrayList<>())
                .add(each.key());
          }
        });
    oldParts.forEach(bucket::delete);
    if (oldContents.isEmpty()) {
      return;
    }
    Set<String> mentioned = new HashSet<>();
    Caller.system(workspace).run(() -> mentioned.addAll(rows.mentionedOf(oldContents.keySet())));
    oldContents.keySet().removeAll(mentioned);
    oldContents.values().forEach(keys -> keys.forEach(bucket::delete));
    if (!oldContents.isEmpty()) {
      log.info(
          "Deleted {} contents of {} that no row of this service mentions any more",
          oldContents.size(),
          workspace);
    }
  }
}
