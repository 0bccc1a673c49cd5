package io.plumbline.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.e2e.LongWork;
import io.plumbline.e2e.ServiceDatabase;
import java.util.List;
import java.util.Map;

/**
 * Judges one response by one metric after another. Feedback has no list and no entry in the ledger,
 * so its table is read.
 */
final class Feedback implements Change {

  private final PatientClient ada = new PatientClient("ada");
  private String response = "";

  @Override
  public void prepare() {
    PatientClient.Reply answer =
        ada.send(
            "POST",
            "/v1/chat/completions",
            Map.of(
                "model",
                "local/choice-bge-small",
                "messages",
                List.of(Map.of("role", "user", "content", "My parcel is late")),
                "response_format",
                LongWork.choice(List.of("billing", "delivery"))),
            Map.of());
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    response = answer.json().at("/id").asString();
  }

  @Override
  public boolean attempt(int number, String key) {
    return ada.send(
                "POST",
                "/api/feedback",
                Map.of("responseId", response, "metric", "metric-" + number, "correct", true),
                Map.of())
            .status()
        == 200;
  }

  @Override
  public List<Integer> inEffect(int acknowledged) {
    try (ServiceDatabase inference = ServiceDatabase.asSuperuser("inference")) {
      return inference
          .texts("SELECT metric FROM feedback WHERE response_id = ANY (?)", response)
          .stream()
          .map(metric -> Integer.parseInt(metric.substring(metric.lastIndexOf('-') + 1)))
          .toList();
    }
  }

  @Override
  public long entries() {
    return inEffect(0).size();
  }
}
