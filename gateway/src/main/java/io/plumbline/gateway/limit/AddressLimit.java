package io.plumbline.gateway.limit;

import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A limit of how often an address may do something per minute, with the answer when it is over. */
final class AddressLimit {

  private final ClientAddress address;
  private final ClientBuckets buckets;
  private final TooManyRequests tooMany;
  private final String title;
  private final String detail;

  /**
   * Creates a limit.
   *
   * @param detail a sentence on what came too often; {@code %d} in it stands for {@code perMinute}
   */
  AddressLimit(
      ClientAddress address,
      int perMinute,
      int burst,
      TimeMeter time,
      TooManyRequests tooMany,
      String title,
      String detail) {
    this.address = address;
    this.buckets = new ClientBuckets(burst, perMinute, Duration.ofMinutes(1), time);
    this.tooMany = tooMany;
    this.title = title;
    this.detail = detail.formatted(perMinute);
  }

  Mono<Void> filter(ServerWebExchange exchange, Supplier<Mono<Void>> next) {
    ConsumptionProbe probe = buckets.tryConsume(address.of(exchange));
    if (probe.isConsumed()) {
      return next.get();
    }
    return tooMany.write(exchange, probe, title, detail);
  }
}
