package io.plumbline.strategy.projection;

import java.util.Collections;
import java.util.Map;

/** A dataset version as dataset-registry published it. */
public record DatasetVersion(String dataset, int version, long rows, Map<String, Long> labels) {

  public long smallestLabel() {
    return labels.isEmpty() ? 0 : Collections.min(labels.values());
  }
}
