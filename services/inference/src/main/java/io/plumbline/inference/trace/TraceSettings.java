package io.plumbline.inference.trace;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of traces.
 *
 * @param directory the directory of the journal, on a disk that outlives the process; processes may
 *     share it
 * @param maxBytes the size that the journal of one process may reach; beyond it, the process
 *     refuses calls
 * @param ship the pause between two shipments to the database
 * @param keep the time for which a trace stays in the database
 */
@ConfigurationProperties("plumbline.traces")
public record TraceSettings(
    @DefaultValue(".plumbline/traces") Path directory,
    @DefaultValue("1GB") DataSize maxBytes,
    @DefaultValue("1s") Duration ship,
    @DefaultValue("365d") Duration keep) {

  private static final Duration SHORTEST_KEPT = Duration.ofDays(30);

  public TraceSettings {
    if (keep.compareTo(SHORTEST_KEPT) < 0) {
      throw new IllegalArgumentException(
          "plumbline.traces.keep must be at least 30 days, not " + keep);
    }
  }
}
