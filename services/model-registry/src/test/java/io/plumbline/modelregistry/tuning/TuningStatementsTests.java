package io.plumbline.modelregistry.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ModelRegistryEvent.BaseModelListed;
import io.plumbline.contracts.ModelRegistryEvent.TuningConfirmed;
import io.plumbline.contracts.ModelRegistryEvent.TuningRejected;
import io.plumbline.contracts.ModelRegistryEvent.TuningStated;
import io.plumbline.contracts.ModelRegistryEvent.TuningWithdrawn;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.EmbeddedServers;
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
    String path = path(stated);
    assertThat(stated.json().path("state").asString()).isEqualTo("PROPOSED");
    TuningStated published =
        events.awaitPublished(TuningStated.class, event -> event.model().equals(model));

    Answer own = ada.post(path + "/confirm", Map.of());
    assertThat(own.status()).isEqualTo(403);
    assertThat(own.body()).contains("own-proposal");
    assertThat(ada.get(path).json().path("state").asString()).isEqualTo("PROPOSED");

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
                confirmed.json().path("decidedBy").asString()));
    assertThat(event.confirmedBy()).isNotEqualTo(event.statedBy());
    Answer again = ben.post(path + "/confirm", Map.of());
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("proposal-closed");
    assertThat(state().body()).contains("already-stated");
  }

  @Test
  void a_rejected_statement_is_final_and_its_model_can_be_stated_again() {
    String path = path(state());
    Map<String, String> reason = Map.of("reason", "It is the vendor's base model");
    assertThat(ada.post(path + "/reject", reason).body()).contains("own-proposal");
    assertThat(ben.post(path + "/reject", Map.of("reason", "no")).status()).isEqualTo(400);

    Answer rejected = ben.post(path + "/reject", reason);

    assertThat(rejected.status()).as(rejected.toString()).isEqualTo(200);
    assertThat(rejected.json().path("state").asString()).isEqualTo("REJECTED");
    assertThat(rejected.json().path("decidedBy").asString()).isEqualTo("ben");
    assertThat(rejected.json().path("decidedAt").isNull()).isFalse();
    assertThat(rejected.json().path("decisionReason").asString()).isEqualTo(reason.get("reason"));
    TuningRejected event =
        events.awaitPublished(TuningRejected.class, each -> each.model().equals(model));
    assertThat(event)
        .isEqualTo(
            new TuningRejected(
                event.statementId(), model, "ada", "ben", "It is the vendor's base model"));
    Answer late = ben.post(path + "/confirm", Map.of());
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body()).contains("proposal-closed", "rejected by ben");
    assertThat(state().status()).isEqualTo(201);
    assertThat(listed("REJECTED")).contains(model);
    assertThat(listed("PROPOSED")).contains(model);
    assertThat(listed("CONFIRMED")).doesNotContain(model);
  }

  @Test
  void only_its_maker_withdraws_a_statement() {
    String path = path(state());
    TestClient.TestCaller cleo = client.as("cleo", Role.PROMPT_ENGINEER);
    Answer foreign = cleo.post(path + "/withdraw", Map.of());
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.body()).contains("foreign-proposal");

    Answer withdrawn = ada.post(path + "/withdraw", Map.of());

    assertThat(withdrawn.json().path("state").asString()).isEqualTo("WITHDRAWN");
    assertThat(withdrawn.json().path("decidedBy").asString()).isEqualTo("ada");
    TuningWithdrawn event =
        events.awaitPublished(TuningWithdrawn.class, each -> each.model().equals(model));
    assertThat(event).isEqualTo(new TuningWithdrawn(event.statementId(), model, "ada"));
    assertThat(ben.post(path + "/confirm", Map.of()).body()).contains("proposal-closed");
    assertThat(state().status()).isEqualTo(201);
  }

  @Test
  void one_person_does_not_fill_the_statements_of_a_workspace() {
    EmbeddedServers.executeAsSuperuser(
        "model-registry",
        """
        INSERT INTO tuning_statement (workspace_id, id, model, reason, stated_by, stated_at)
        SELECT '%s', gen_random_uuid(), '%s-' || number, 'one of many', 'dora', now()
        FROM generate_series(1, 250) AS number
        """
            .formatted(Workspaces.ACME, model));
    TestClient.TestCaller dora = client.as("dora", Role.ML_ENGINEER);

    Answer refused =
        dora.post(
            "/api/tuning-statements", Map.of("model", model, "reason", "Tuned on our tickets"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body())
        .contains(
            "quota-reached",
            "Your account has 250",
            "plumbline.tuning-statements.proposed-per-person");
    assertThat(state().status()).isEqualTo(201);
    EmbeddedServers.executeAsSuperuser(
        "model-registry",
        "SET session_replication_role = replica",
        "DELETE FROM tuning_statement WHERE stated_by = 'dora'");
  }

  private static String path(Answer stated) {
    return "/api/tuning-statements/" + stated.json().path("statementId").asString();
  }

  private String listed(String state) {
    return ada.get("/api/tuning-statements?state=" + state).body();
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
    String path = path(state());
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
