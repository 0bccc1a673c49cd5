package io.plumbline.platform.body;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a body may be. A limit of bytes alone is none: two megabytes of <code>{}</code> are
 * 650,000 objects, fifty megabytes once they are read.
 *
 * @param maxBytes as they arrive
 * @param maxNodes values and names of members together
 * @param maxDepth arrays and objects inside each other
 */
record BodyLimits(
    @DefaultValue("2MB") DataSize maxBytes,
    @DefaultValue("50000") int maxNodes,
    @DefaultValue("100") int maxDepth) {

  BodyLimits {
    if (maxBytes.toBytes() < 1 || maxBytes.toBytes() > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "plumbline.web: max-bytes must be from 1 byte to 1 GB, not " + maxBytes);
    }
    if (maxNodes < 1 || maxDepth < 1) {
      throw new IllegalArgumentException(
          "plumbline.web: max-nodes and max-depth must be at least 1");
    }
  }

  /** In each respect the larger of the two. */
  BodyLimits atLeast(BodyLimits other) {
    return new BodyLimits(
        maxBytes.compareTo(other.maxBytes) < 0 ? other.maxBytes : maxBytes,
        Math.max(maxNodes, other.maxNodes),
        Math.max(maxDepth, other.maxDepth));
  }
}
