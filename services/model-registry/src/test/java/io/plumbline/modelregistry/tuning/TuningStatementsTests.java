package io.plumbline.modelregistry.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.TuningConfirmed;
import io.plumbline.contracts.ModelRegistryEvent.TuningStated;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests how a provider's model comes to count as tuned: by its listing, or by two persons. */
@PlumblineTest
class TuningStatementsTests {

  @Autowired TestClient client;
  @Autowired TestEventClient events;

  private TestClient.TestCaller ada;
  private TestClient.TestCaller ben;
  private String model = "";

  @BeforeEach
  void nameAModel() {
    ada = client.as("ada", Role.ML_ENGINEER);
    ben = client.as("ben", Role.APPROVER);
    model = "acme/m-" + UUID.randomUUID();
  }

  private Answer state() {
    return ada.post(
        "/api/tuning-statements",
        Map.of("model", model, "reason", "Tuned by the vendor on our tickets"));
  }

  @Test
  void a_statement_counts_when_a_second_person_confirms_it() {
    Answer stated = state();
    assertThat(stated.status()).isEqualTo(201);
    String path = "/api/tuning-statements/" + stated.json().path("statementId").asString();
    assertThat(stated.json().path("confirmedBy").isNull()).isTrue();
    TuningStated published =
        events.awaitPublished(TuningStated.class, event -> event.model().equals(model));

    Answer own = ada.post(path + "/confirm", Map.of());
    assertThat(own.status()).isEqualTo(403);
    assertThat(own.body()).contains("own-statement");
    assertThat(ada.get(path).json().path("confirmedBy").isNull()).isTrue();

    Answer confirmed = ben.post(path + "/confirm", Map.of());
    assertThat(confirmed.status()).isEqualTo(200);
    TuningConfirmed event =
        events.awaitPublished(TuningConfirmed.class, each -> each.model().equals(model));
    assertThat(event)
        .isEqualTo(
            new TuningConfirmed(
                published.statementId(),
                model,
                published.statedBy(),
                confirmed.json().path("confirmedBy").asString()));
    assertThat(event.confirmedBy()).isNotEqualTo(event.statedBy());
    Answer again = ben.post(path + "/confirm", Map.of());
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("already-confirmed");
  }

  @Test
  void one_model_has_one_statement() {
    assertThat(state().status()).isEqualTo(201);
    Answer again = state();
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("already-stated");
    assertThat(ada.get("/api/tuning-statements").body()).contains(model);
  }

  @Test
  void another_workspace_neither_sees_nor_confirms_a_statement() {
    String path = "/api/tuning-statements/" + state().json().path("statementId").asString();
    TestClient.TestCaller gus = client.as("gus", Workspaces.GLOBEX, Role.APPROVER);

    assertThat(gus.get(path).status()).isEqualTo(404);
    assertThat(gus.post(path + "/confirm", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void a_listing_says_that_a_model_was_tuned() {
    Map<String, String> price = Map.of("amount", "0.1", "currency", "USD");
    Answer listed =
        ada.post(
            "/api/base-models",
            Map.of(
                "name",
                model,
                "kind",
                "CHAT",
                "contextWindow",
                8_000,
                "inputPerMillion",
                price,
                "outputPerMillion",
                price,
                "licence",
                "proprietary",
                "tuned",
                true));

    assertThat(listed.status()).isEqualTo(201);
    assertThat(listed.json().path("tuned").asBoolean()).isTrue();
    assertThat(
            events
                .awaitPublished(BaseModelListed.class, event -> event.model().equals(model))
                .tuned())
        .isTrue();
  }
}
