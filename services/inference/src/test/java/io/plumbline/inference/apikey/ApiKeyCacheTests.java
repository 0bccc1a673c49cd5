package io.plumbline.inference.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.inference.apikey.ApiKeyCache.Revocations;
import io.plumbline.inference.apikey.ApiKeyCache.Unverifiable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class ApiKeyCacheTests {

  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);

  /** A database of keys and the order in which they were revoked. */
  private static class Database implements ApiKeyCache.Source {

    final Map<UUID, CachedApiKey> rows = new HashMap<>();
    final List<UUID> revoked = new ArrayList<>();
    final List<UUID> lookups = new ArrayList<>();
    boolean down;

    void revoke(UUID id) {
      rows.computeIfPresent(id, (key, row) -> key(id, true));
      revoked.add(id);
    }

    @Override
    public Optional<CachedApiKey> find(UUID id) {
      lookups.add(id);
      failWhenDown();
      return Optional.ofNullable(rows.get(id));
    }

    @Override
    public Revocations revocations(long after, int most) {
      failWhenDown();
      List<UUID> since = revoked.stream().skip(Math.max(0, after)).toList();
      return new Revocations(revoked.size(), since.subList(0, Math.min(most, since.size())));
    }

    private void failWhenDown() {
      if (down) {
        throw new DataAccessResourceFailureException("down");
      }
    }
  }

  private final AtomicLong nanos = new AtomicLong();
  private final Database database = new Database();
  private final ApiKeyCache keys = new ApiKeyCache(database, Duration.ofMinutes(2), nanos::get);

  ApiKeyCacheTests() {
    database.rows.put(ONE, key(ONE, false));
    database.rows.put(TWO, key(TWO, false));
    keys.pollRevocations();
  }

  @Test
  void a_key_is_looked_up_once() {
    for (int i = 0; i < 5; i++) {
      assertThat(keys.find(ONE)).isPresent();
      assertThat(keys.find(new UUID(9, 9))).isEmpty();
    }

    assertThat(database.lookups).containsExactly(ONE, new UUID(9, 9));
  }

  @Test
  void a_revocation_by_another_process_is_seen_at_the_next_poll_and_others_stay_known() {
    keys.find(ONE);
    keys.find(TWO);
    database.revoke(ONE);

    keys.pollRevocations();

    assertThat(keys.find(ONE)).get().matches(CachedApiKey::revoked);
    assertThat(keys.find(TWO)).get().matches(key -> !key.revoked());
    assertThat(database.lookups).containsExactly(ONE, TWO, ONE);
  }

  @Test
  void each_revocation_is_seen_however_long_none_could_be_read() {
    keys.find(ONE);
    keys.find(TWO);
    database.revoke(ONE);
    database.down = true;
    assertThatExceptionOfType(DataAccessResourceFailureException.class)
        .isThrownBy(keys::pollRevocations);
    database.revoke(TWO);
    database.down = false;

    keys.pollRevocations();

    assertThat(keys.find(ONE)).get().matches(CachedApiKey::revoked);
    assertThat(keys.find(TWO)).get().matches(CachedApiKey::revoked);
  }

  @Test
  void what_was_read_before_the_first_poll_is_read_again() {
    ApiKeyCache started = new ApiKeyCache(database, Duration.ofMinutes(2), nanos::get);
    started.find(ONE);
    database.revoke(ONE);

    started.pollRevocations();

    assertThat(started.find(ONE)).get().matches(CachedApiKey::revoked);
  }

  @Test
  void everything_is_read_again_when_there_were_too_many_revocations_or_the_numbers_went_back() {
    keys.find(ONE);
    for (int i = 0; i < ApiKeyCache.REVOCATIONS; i++) {
      database.revoke(new UUID(7, i));
    }
    database.revoke(ONE);
    keys.pollRevocations();
    assertThat(keys.find(ONE)).get().matches(CachedApiKey::revoked);

    keys.find(TWO);
    database.rows.put(TWO, key(TWO, true));
    database.revoked.clear();
    keys.pollRevocations();
    assertThat(keys.find(TWO)).get().matches(CachedApiKey::revoked);
  }

  @Test
  void a_lookup_that_is_under_way_at_the_revocation_is_not_remembered() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    ApiKeyCache slow =
        new ApiKeyCache(
            new Database() {
              @Override
              public Optional<CachedApiKey> find(UUID id) {
                Optional<CachedApiKey> row = database.find(id);
                reading.countDown();
                await(proceed);
                return row;
              }

              @Override
              public Revocations revocations(long after, int most) {
                return database.revocations(after, most);
              }
            },
            Duration.ofMinutes(2),
            nanos::get);
    slow.pollRevocations();
    CompletableFuture<Optional<CachedApiKey>> lookup =
        CompletableFuture.supplyAsync(() -> slow.find(ONE));
    await(reading);
    database.revoke(ONE);
    CompletableFuture<Void> poll = CompletableFuture.runAsync(slow::pollRevocations);
    proceed.countDown();

    lookup.get(10, TimeUnit.SECONDS);
    poll.get(10, TimeUnit.SECONDS);
    assertThat(slow.find(ONE)).get().matches(CachedApiKey::revoked);
  }

  @Test
  void without_a_database_what_is_remembered_goes_on_for_a_while_and_then_nothing_does() {
    keys.find(ONE);
    database.down = true;

    nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    assertThat(keys.find(ONE)).isPresent();
    nanos.incrementAndGet();
    assertThatExceptionOfType(Unverifiable.class).isThrownBy(() -> keys.find(ONE));

    database.down = false;
    keys.pollRevocations();
    assertThat(keys.find(ONE)).isPresent();
  }

  @Test
  void a_lookup_that_failed_is_not_repeated_by_each_request() {
    database.down = true;
    for (int i = 0; i < 50; i++) {
      assertThatExceptionOfType(Unverifiable.class).isThrownBy(() -> keys.find(ONE));
    }
    assertThat(database.lookups).hasSize(1);

    database.down = false;
    nanos.addAndGet(ApiKeyCache.PAUSE.toNanos());
    assertThat(keys.find(ONE)).isPresent();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static CachedApiKey key(UUID id, boolean revoked) {
    return new CachedApiKey(
        id,
        new UUID(0, 7),
        "a key",
        new byte[0],
        new ApiKeyScope(true, List.of(), List.of()),
        Instant.EPOCH,
        revoked);
  }
}
