package io.plumbline.platform.lifecycle;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The names of the brokers, as they are configured. Kafka's clients reconnect to a broker that is
 * down, but none can be created while no name can be resolved.
 *
 * @param addresses such as {@code kafka:9093}
 */
public record BrokerNames(List<String> addresses) {

  /**
   * @param configured the value of {@code bootstrap.servers}
   */
  public static BrokerNames of(@Nullable Object configured) {
    return switch (configured) {
      case String text -> new BrokerNames(List.of(text.split("\\s*,\\s*")));
      case Collection<?> several ->
          new BrokerNames(several.stream().map(Object::toString).toList());
      case null, default -> new BrokerNames(List.of());
    };
  }

  /**
   * Returns that no name can be resolved, as it follows "Waiting for". Empty when a client can be
   * created, or the configuration is wrong, which Kafka's client reports.
   */
  public Optional<String> unresolved() {
    List<String> hosts = addresses.stream().map(Utils::getHost).toList();
    return hosts.isEmpty() || hosts.stream().anyMatch(BrokerNames::isResolvable)
        ? Optional.empty()
        : Optional.of("Kafka at " + String.join(", ", addresses) + ": the name cannot be resolved");
  }

  private static boolean isResolvable(@Nullable String host) {
    if (host == null) {
      return true;
    }
    try {
      return InetAddress.getAllByName(host).length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
