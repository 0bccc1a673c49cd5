package io.plumbline.strategy.evidence;

import java.util.Collections;
import java.util.Map;

/** A dataset version as dataset-registry told it. */
public record DatasetFact(String dataset, int version, long rows, Map<String, Long> labels) {

  public long smallestLabel() {
    return labels.isEmpty() ? 0 : Collections.min(labels.values());
  }
}
