package io.plumbline.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.compliance.ledger.Ledger;
import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.StoredNodes;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.digest.TreeProofs;
import io.plumbline.platform.ledger.ReceivedHeads.Reception;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests, on a real database, that the other services do not follow a ledger that was rewritten,
 * lengthened and signed with its own key.
 */
@Tag("servers")
class RewrittenLedgerTests {

  private static final Pattern QUERY = Pattern.compile("from=([0-9]+)&to=([0-9]+)");

  private final AtomicInteger asked = new AtomicInteger();
  private final LedgerFixture ledger = new LedgerFixture("rewritten");
  private final LedgerApi api =
      (from, to) ->
          new LedgerApi.Proof(
              new TreeProofs(new StoredNodes(new JdbcTemplate(ledger.dataSource())))
                  .consistencyProof(from, to).stream().map(Digest::ofRaw).toList());
  private final LedgerSettings settings =
      new LedgerSettings(
          Duration.ofMinutes(15),
          ledger.strings("SELECT public_key FROM ledger_key"),
          null,
          null,
          false);
  private final ReceivedHeads service = new ReceivedHeads(new HeadKeys(settings), api, settings);

  @BeforeEach
  void receiveTheGenuineLedger() {
    assertThat(service.receive(appendUpTo(0, 100, -1))).isEqualTo(Reception.CONTINUES);
  }

  @Test
  void the_genuine_ledger_is_followed() {
    HeadSigned next = appendUpTo(100, 101, -1);

    assertThat(next.proof()).isNotNull();
    assertThat(service.receive(next)).isEqualTo(Reception.CONTINUES);
    assertThat(service.receive(appendUpTo(101, 300, -1))).isEqualTo(Reception.CONTINUES);
  }

  @Test
  void a_ledger_with_another_entry_5_and_one_more_is_not_followed() {
    rewrite();
    appendUpTo(0, 100, 5);
    HeadSigned forged = appendUpTo(100, 101, -1);

    assertThat(forged.treeSize()).isEqualTo(101);
    assertThat(service.receive(forged)).isEqualTo(Reception.FORKED);
    assertThat(service.receive(withoutProof(forged))).isEqualTo(Reception.FORKED);
    assertThat(service.proved().map(HeadSigned::treeSize)).contains(100L);
  }

  /**
   * Rewrites and lengthens the ledger with its own key, without what its process remembered of it,
   * and shows the result to every service, which asks the rewritten ledger for proofs over HTTP.
   */
  @Test
  void every_service_stops_governed_writes_at_a_longer_fork_and_still_does_after_a_restart()
      throws Exception {
    HttpServer server = serveProofs();
    try {
      List<Service> services =
          EventTypes.SOURCES.stream().map(source -> new Service(server.getAddress())).toList();
      HeadSigned genuine = appendUpTo(100, 110, -1);
      assertThat(services)
          .allMatch(each -> each.heads.receive(genuine) == Reception.CONTINUES)
          .allMatch(Service::acceptsWrites);
      rewrite();
      appendUpTo(0, 110, 5);
      HeadSigned forged = withoutProof(appendUpTo(110, 120, -1));

      assertThat(services)
          .allMatch(each -> each.heads.receive(forged) == Reception.FORKED)
          .noneMatch(Service::acceptsWrites);
      Service restarted = new Service(server.getAddress());
      restarted.heads.resume(genuine);
      assertThat(restarted.heads.receive(forged)).isEqualTo(Reception.FORKED);
      assertThat(restarted.acceptsWrites()).isFalse();
      assertThat(asked).hasPositiveValue();
    } finally {
      server.stop(0);
    }
  }

  private void rewrite() {
    ledger.empty();
    ledger.restart();
  }

  private HttpServer serveProofs() throws IOException {
    Ledger log = new Ledger(new JdbcTemplate(ledger.dataSource()));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/ledger/consistency",
        exchange -> {
          try (exchange) {
            asked.incrementAndGet();
            Matcher query = QUERY.matcher(exchange.getRequestURI().getQuery());
            assertThat(query.matches()).isTrue();
            byte[] proof =
                JsonMapper.shared()
                    .writeValueAsBytes(
                        log.proveConsistency(
                            Long.parseLong(query.group(1)), Long.parseLong(query.group(2))));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, proof.length);
            exchange.getResponseBody().write(proof);
          }
        });
    server.start();
    return server;
  }

  /** A service with what it knows of the ledger, and its guard of governed writes. */
  private final class Service {
    final ReceivedHeads heads;
    final LedgerGuard guard;

    Service(InetSocketAddress compliance) {
      LedgerApi client =
          HttpServiceProxyFactory.builderFor(
                  RestClientAdapter.create(
                      RestClient.create("http://127.0.0.1:" + compliance.getPort())))
              .build()
              .createClient(LedgerApi.class);
      heads = new ReceivedHeads(new HeadKeys(settings), client, settings);
      guard = new LedgerGuard(new LedgerLag(() -> Duration.ZERO, () -> 0, settings), heads);
    }

    boolean acceptsWrites() {
      try {
        return guard.preHandle(
            new MockHttpServletRequest("POST", "/api/approvals/1/decision"),
            new MockHttpServletResponse(),
            new HandlerMethod(this, "hashCode"));
      } catch (Problem e) {
        assertThat(e.type()).isEqualTo(CommonProblem.LEDGER_BEHIND);
        return false;
      } catch (NoSuchMethodException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static HeadSigned withoutProof(HeadSigned head) {
    return new HeadSigned(
        head.treeSize(),
        head.root(),
        head.signedAt(),
        head.signature(),
        head.keyId(),
        head.origin(),
        null,
        null);
  }

  /** Appends entries in one batch, and returns the event of its head. */
  private HeadSigned appendUpTo(int first, int end, int rewritten) {
    ledger.record(
        IntStream.range(first, end)
            .mapToObj(i -> LedgerFixture.message(i == rewritten ? 1_000 + i : i))
            .toArray(LedgerMessage[]::new));
    return Objects.requireNonNull(ledger.sequence().announcement());
  }
}
