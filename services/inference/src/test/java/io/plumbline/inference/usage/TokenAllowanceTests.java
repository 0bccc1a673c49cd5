package io.plumbline.inference.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TokenAllowanceTests extends InferenceTest {

  private static final long LIMIT = 100;
  private final Instant noon = Instant.now().truncatedTo(ChronoUnit.DAYS).plusSeconds(43_200);

  @Autowired JdbcClient sql;
  @Autowired PlatformTransactionManager transactions;

  private final UUID workspace = UUID.randomUUID();
  private final Caller ada = person("ada");

  @Test
  void replicas_count_one_persons_calls_together_before_they_are_stored() {
    List<TokenAllowance> replicas = List.of(replica(), replica(), replica());
    for (int call = 0; call < 10; call++) {
      TokenAllowance replica = replicas.get(call % 3);
      UUID request = Ids.next();
      replica.requireRoom(ada, request, noon);
      replica.recordEnd(ada, request, Tokens.of(7, 3), true);
    }

    for (TokenAllowance replica : replicas) {
      assertRefused(replica, noon);
      assertThatCode(() -> replica.requireRoom(person("ben"), Ids.next(), noon))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void a_stored_request_counts_once_whether_or_not_its_end_was_seen() {
    UUID ended = Ids.next();
    UUID killed = Ids.next();
    replica().requireRoom(ada, ended, noon);
    replica().requireRoom(ada, killed, noon);
    replica().recordEnd(ada, ended, Tokens.of(40, 20), true);

    store(usage(ended, Tokens.of(40, 20)), usage(killed, Tokens.of(30, 9)));
    store(usage(ended, Tokens.of(40, 20)), usage(Ids.next(), Tokens.of(1_000, 1)));

    UUID last = Ids.next();
    replica().requireRoom(ada, last, noon);
    store(usage(last, Tokens.of(1, 0)));
    assertRefused(replica(), noon);
  }

  @Test
  void calls_under_way_are_all_that_exceeds_the_limit() {
    List<UUID> underWay = List.of(Ids.next(), Ids.next(), Ids.next());
    underWay.forEach(request -> replica().requireRoom(ada, request, noon));
    replica().recordEnd(ada, underWay.getFirst(), Tokens.of(LIMIT, 0), true);

    assertRefused(replica(), noon);
  }

  @Test
  void a_call_that_reached_no_model_counts_nothing() {
    UUID request = Ids.next();
    replica().requireRoom(ada, request, noon);
    replica().recordEnd(ada, request, Tokens.NONE, false);

    assertThat(rows("person_call")).isZero();
  }

  @Test
  void the_count_starts_again_the_next_day_and_that_of_former_days_goes() {
    UUID request = Ids.next();
    replica().requireRoom(ada, request, noon);
    replica().recordEnd(ada, request, Tokens.of(LIMIT, 0), true);
    UUID stored = Ids.next();
    Caller ben = person("ben");
    replica().requireRoom(ben, stored, noon);
    store(usage(stored, Tokens.of(1, 0)));

    replica().requireRoom(ada, Ids.next(), noon.plus(Duration.ofDays(1)));
    replica().requireRoom(ada, Ids.next(), noon.plus(Duration.ofDays(2)));
    replica().requireRoom(ben, Ids.next(), noon.plus(Duration.ofDays(2)));

    assertThat(rows("person_call")).isEqualTo(3);
    assertThat(rows("person_tokens")).isZero();
  }

  @Test
  void a_limit_below_one_is_a_mistake() {
    assertThatThrownBy(() -> new TokenAllowanceSettings(0))
        .hasMessageContaining("tokens-per-person-and-day");
  }

  private void assertRefused(TokenAllowance replica, Instant at) {
    assertThatThrownBy(() -> replica.requireRoom(ada, Ids.next(), at))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(InferenceProblem.DAILY_TOKENS_USED);
              assertThat(problem.retryAfter()).contains(Duration.ofSeconds(43_201));
            });
  }

  private TokenAllowance replica() {
    return new TokenAllowance(sql, transactions, new TokenAllowanceSettings(LIMIT));
  }

  private Caller person(String name) {
    return new Caller(workspace, name, name, Set.of(Role.PROMPT_ENGINEER), false);
  }

  private void store(Usage... usage) {
    Caller.system(workspace)
        .run(() ->
            new TransactionTemplate(transactions)
                .executeWithoutResult(status -> replica().addStored(List.of(usage))));
  }

  private long rows(String table) {
    long[] count = new long[1];
    ada.run(() ->
        new TransactionTemplate(transactions)
            .executeWithoutResult(status ->
                count[0] = sql.sql("SELECT count(*) FROM " + table).query(Long.class).single()));
    return count[0];
  }

  private Usage usage(UUID request, Tokens tokens) {
    return new Usage(
        request,
        Digest.ofText(request.toString()),
        noon,
        null,
        null,
        "acme/m",
        null,
        false,
        false,
        false,
        tokens,
        Money.usd("0"));
  }
}
