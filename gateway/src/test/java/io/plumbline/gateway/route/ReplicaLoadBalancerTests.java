package io.plumbline.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

class ReplicaLoadBalancerTests {

  private static final List<URI> ADDRESSES =
      IntStream.rangeClosed(1, 3)
          .mapToObj(number -> URI.create("http://127.0.0.1:810" + number))
          .toList();

  private final ReplicaLoadBalancer replicaLoadBalancer = new ReplicaLoadBalancer(ADDRESSES);
  private final List<String> asked = new ArrayList<>();
  private final Set<Integer> down = new HashSet<>();
  private final Set<Integer> breaking = new HashSet<>();
  private boolean answering;

  @Test
  void each_is_asked_in_turn() {
    IntStream.range(0, 4).forEach(request -> send());

    assertThat(asked)
        .containsExactly(
            "http://127.0.0.1:8101/api/x?a=%20b",
            "http://127.0.0.1:8102/api/x?a=%20b",
            "http://127.0.0.1:8103/api/x?a=%20b",
            "http://127.0.0.1:8101/api/x?a=%20b");
  }

  @Test
  void one_that_refuses_the_connection_is_passed_over() {
    down.addAll(List.of(8101, 8102));

    send();

    assertThat(asked).hasSize(3).last().asString().startsWith("http://127.0.0.1:8103/");
  }

  @Test
  void the_last_refusal_is_the_answer_when_all_are_down() {
    down.addAll(List.of(8101, 8102, 8103));

    assertThatThrownBy(this::send).hasCauseInstanceOf(ConnectException.class);
    assertThat(asked).hasSize(3);
  }

  @Test
  void one_that_breaks_off_a_read_is_passed_over() {
    breaking.addAll(List.of(8101, 8102));

    send();

    assertThat(asked).hasSize(3).last().asString().startsWith("http://127.0.0.1:8103/");
  }

  /** The replica may have made the change before it broke off. */
  @Test
  void one_that_breaks_off_a_change_is_not_followed_by_another() {
    breaking.add(8101);

    assertThatThrownBy(() -> send(HttpMethod.POST)).hasCauseInstanceOf(IOException.class);
    assertThat(asked).hasSize(1);
  }

  @Test
  void nobody_goes_on_with_an_answer_that_another_began() {
    breaking.add(8101);
    answering = true;

    assertThatThrownBy(this::send).hasCauseInstanceOf(IOException.class);
    assertThat(asked).hasSize(1);
  }

  private void send() {
    send(HttpMethod.GET);
  }

  private void send(HttpMethod method) {
    ServerWebExchange exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.method(method, URI.create("/api/x?a=%20b")));
    exchange
        .getAttributes()
        .putAll(
            Map.of(
                ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
                URI.create(ADDRESSES.getFirst() + "/api/x?a=%20b")));
    replicaLoadBalancer.filter(exchange, this::answer).block();
  }

  /** Answers like the filter that sends requests: once for an exchange, unless it is reset. */
  private Mono<Void> answer(ServerWebExchange exchange) {
    if (ServerWebExchangeUtils.isAlreadyRouted(exchange)) {
      return Mono.empty();
    }
    ServerWebExchangeUtils.setAlreadyRouted(exchange);
    URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
    asked.add(url.toString());
    if (breaking.contains(url.getPort())) {
      Mono<Void> head = answering ? exchange.getResponse().setComplete() : Mono.empty();
      return head.then(Mono.error(new IOException("Connection reset by peer")));
    }
    return down.contains(url.getPort()) ? Mono.error(new ConnectException()) : Mono.empty();
  }
}
