package io.plumbline.inference.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.retrieval.encoder.EmbeddingResult;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.LeaseLost;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests two workers that build one index, because the lease of the first ran out. */
class IndexCatalogTests extends InferenceTest {

  private static final Digest ROWS = Digest.ofText("rows");
  private static final Digest OLD_BLOB = Digest.ofText("blob of the first worker");
  private static final Digest NEW_BLOB = Digest.ofText("blob of the second worker");

  @Autowired IndexCatalog indexes;
  @Autowired IndexBatches batches;
  @Autowired JdbcClient sql;
  @Autowired PlatformTransactionManager transactions;

  private final Caller caller = Caller.system(UUID.randomUUID());
  private final UUID id = Ids.next();

  @BeforeEach
  void request() {
    call(() -> insert(id));
  }

  @Test
  void a_worker_whose_lease_ran_out_builds_nothing() {
    IndexVersion first = call(() -> indexes.claimForBuild(id, 1)).orElseThrow();
    IndexVersion second = call(() -> indexes.claimForBuild(id, 2)).orElseThrow();

    assertThatThrownBy(() -> built(first, 1, OLD_BLOB)).isInstanceOf(LeaseLost.class);
    call(() -> indexes.claimForBuild(id, 1));
    call(() -> {
      indexes.markFailed(id, 1, "the first worker gave up");
      return true;
    });
    built(second, 2, NEW_BLOB);

    IndexVersion index = call(() -> indexes.get(id)).orElseThrow();
    assertThat(index.blob()).isEqualTo(NEW_BLOB);
    assertThat(index.failure()).isNull();
  }

  @Test
  void who_takes_over_has_the_batches_that_were_paid_for_and_the_former_worker_keeps_none() {
    Digest texts = Digest.ofText("texts");
    IndexVersion first = call(() -> indexes.claimForBuild(id, 1)).orElseThrow();
    keep(first, 1, texts);
    IndexVersion second = call(() -> indexes.claimForBuild(id, 2)).orElseThrow();

    assertThat(second.tokens()).isEqualTo(7);
    assertThat(second.dimensions()).isEqualTo(2);
    assertThat(call(() -> batches.findVectors(id, 0, texts)).orElseThrow())
        .containsExactly(new float[] {0.6f, 0.8f});
    assertThat(call(() -> batches.findVectors(id, 0, Digest.ofText("others")))).isEmpty();
    assertThat(call(() -> batches.findVectors(id, 1, texts))).isEmpty();
    assertThatThrownBy(() -> keep(first, 1, texts)).isInstanceOf(LeaseLost.class);
    built(second, 2, NEW_BLOB);
    assertThat(call(() -> batches.findVectors(id, 0, texts))).isEmpty();
  }

  @Test
  void a_cost_is_the_sum_of_all_batches_or_unknown() {
    IndexVersion index = call(() -> indexes.claimForBuild(id, 1)).orElseThrow();

    keep(index, 1, 0, Digest.ofText("a"), Money.usd("0.25"));
    keep(index, 1, 1, Digest.ofText("b"), Money.usd("0.50"));
    assertThat(cost()).isEqualTo(Money.usd("0.75"));

    keep(index, 1, 2, Digest.ofText("c"), new Money(BigDecimal.ONE, "EUR"));
    assertThat(cost()).isNull();
    keep(index, 1, 3, Digest.ofText("d"), Money.usd("0.50"));
    assertThat(cost()).isNull();
  }

  @Test
  void a_cost_that_is_unknown_at_first_stays_so() {
    IndexVersion index = call(() -> indexes.claimForBuild(id, 1)).orElseThrow();

    keep(index, 1, 0, Digest.ofText("a"), null);
    keep(index, 1, 1, Digest.ofText("b"), Money.usd("0.50"));

    assertThat(cost()).isNull();
  }

  private @Nullable Money cost() {
    return call(() -> indexes.get(id)).orElseThrow().cost();
  }

  private void keep(IndexVersion index, long fence, Digest texts) {
    keep(index, fence, 0, texts, null);
  }

  private void keep(
      IndexVersion index, long fence, int number, Digest texts, @Nullable Money cost) {
    call(() -> {
      batches.keepBatch(
          index,
          fence,
          number,
          texts,
          new EmbeddingResult(
              List.of(new float[] {0.6f, 0.8f}),
              new EmbeddingResult.Use("acme/encoder", UUID.randomUUID(), 7, cost)));
      return true;
    });
  }

  @Test
  void an_index_is_built_once() {
    IndexVersion first = call(() -> indexes.claimForBuild(id, 1)).orElseThrow();
    built(first, 1, OLD_BLOB);

    assertThat(call(() -> indexes.claimForBuild(id, 2))).isEmpty();
    assertThatThrownBy(() -> built(first, 1, NEW_BLOB)).isInstanceOf(LeaseLost.class);
    assertThat(call(() -> indexes.get(id)).orElseThrow().blob()).isEqualTo(OLD_BLOB);
  }

  @Test
  void the_same_rows_indexed_the_same_way_are_the_same_index() {
    UUID other = Ids.next();
    call(() -> insert(other));
    built(call(() -> indexes.claimForBuild(id, 1)).orElseThrow(), 1, OLD_BLOB);
    built(call(() -> indexes.claimForBuild(other, 1)).orElseThrow(), 1, NEW_BLOB);

    Digest digest = Objects.requireNonNull(call(() -> indexes.get(id)).orElseThrow().digest());
    assertThat(call(() -> indexes.get(other)).orElseThrow().digest()).isEqualTo(digest);
    caller.run(() -> assertThat(indexes.find(digest).orElseThrow().blob()).isEqualTo(OLD_BLOB));
  }

  private void built(IndexVersion index, long fence, Digest blob) {
    call(() -> {
      indexes.markBuilt(
          index,
          fence,
          IndexRecipe.of(index, ROWS, Map.of("encoder", "m")),
          new IndexCatalog.Files(blob, 4, 384));
      return true;
    });
  }

  private int insert(UUID index) {
    return sql.sql(
            """
            INSERT INTO index_version
              (workspace_id, index_id, name, split_digest, subset, encoder, max_tokens, job_id, created_by, created_at)
            VALUES (?, ?, 'mails', ?, 'train', ?, 128, ?, 'ada', now())
            """)
        .params(
            caller.workspace(),
            index,
            Digest.ofText("split").hex(),
            EncoderModel.MINILM.id(),
            Ids.next())
        .update();
  }

  private <T> T call(Supplier<T> work) {
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    caller.run(() ->
        new TransactionTemplate(transactions)
            .executeWithoutResult(status -> result.set(work.get())));
    return Objects.requireNonNull(result.get());
  }
}
