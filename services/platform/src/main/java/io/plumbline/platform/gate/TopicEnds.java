package io.plumbline.platform.gate;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The ends of topics at this moment, as the broker knows them. */
@FunctionalInterface
public interface TopicEnds {

  /** Signals that the broker did not answer in time or refused, or has lost a topic. */
  final class Unknown extends RuntimeException {
    Unknown(String message) {
      super(message);
    }

    Unknown(Throwable cause) {
      super(cause);
    }
  }

  /**
   * Returns the offset behind the last message of each partition. Topics that do not exist have no
   * partitions: the service that writes to them never started, or somebody deleted them.
   *
   * @throws Unknown when the broker cannot be asked
   */
  Map<TopicPartition, Long> read(Set<String> topics);
}
