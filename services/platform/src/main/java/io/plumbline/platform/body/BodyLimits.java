package io.plumbline.platform.body;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The maximum size of a body. A limit on bytes alone is not enough: two megabytes of <code>{}
 * </code> are 650,000 objects, which take fifty megabytes once they are parsed.
 *
 * @param maxBytes maximum number of bytes on the wire
 * @param maxNodes maximum number of values and member names together
 * @param maxDepth maximum nesting of arrays and objects
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

  /** Returns limits that are, in each respect, the larger of the two. */
  BodyLimits maxOf(BodyLimits other) {
    return new BodyLimits(
        DataSize.ofBytes(Math.max(maxBytes.toBytes(), other.maxBytes.toBytes())),
        Math.max(maxNodes, other.maxNodes),
        Math.max(maxDepth, other.maxDepth));
  }
}
