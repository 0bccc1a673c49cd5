package io.plumbline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.output.Answer;
import io.plumbline.evaluation.output.RunItem;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.output.RunItems.Answerers;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests that runs are listed with the processors and the fallback models that answered them. */
@PlumblineTest
class AnswerersJourneyTests extends EvaluationFixture {

  @Autowired RunItems items;

  private static Answer answer(
      int ordinal, @Nullable String answeredBy, @Nullable String processor) {
    return new Answer(
        new RunItem(
            ordinal,
            "i" + ordinal,
            Perturbation.NONE,
            null,
            Digest.ofText("request " + ordinal),
            false,
            null,
            Map.of(),
            Map.of(),
            List.of(),
            false,
            null,
            null,
            1,
            null,
            null,
            false,
            null,
            null,
            answeredBy,
            processor,
            null),
        null,
        Map.of());
  }

  @Test
  void items_of_a_fallback_are_counted_and_processors_named_once_in_order() throws Exception {
    UUID both = Ids.next();
    UUID neither = Ids.next();
    Caller acme = Caller.system(Workspaces.ACME);
    acme.run(() -> {
      items.add(
          both,
          List.of(
              answer(0, "local/small", "Xeon (avx512)"),
              answer(1, null, "AMD EPYC (avx2)"),
              answer(2, "local/small", null),
              answer(3, null, "Xeon (avx512)")));
      items.add(neither, List.of(answer(0, null, null)));
    });

    Map<UUID, Answerers> found =
        acme.call(() -> items.answerers(List.of(both, neither, Ids.next())));

    assertThat(found)
        .isEqualTo(
            Map.of(
                both,
                new Answerers(2, List.of("AMD EPYC (avx2)", "Xeon (avx512)")),
                neither,
                Answerers.NONE));
  }

  @Test
  void a_list_of_runs_goes_through_their_items_once() {
    try (Statements statements = new Statements()) {
      assertThat(ada().get("/api/runs").status()).isEqualTo(200);

      assertThat(statements.with("FROM run_item WHERE run_id = ANY")).hasSize(1);
    }
  }
}
