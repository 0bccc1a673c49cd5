package io.plumbline.e2e.fault;

import io.plumbline.demo.driver.PromptDriver;
import io.plumbline.e2e.ServiceDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Judges one response after another. Feedback has no entry in the ledger, so its table is read. */
final class Feedback implements Change {

  private final PatientClient ada = new PatientClient("ada");
  private final List<String> responses = new ArrayList<>();

  @Override
  public boolean attempt(int number, String key) {
    if (responses.size() == number && !ask()) {
      return false;
    }
    return ada.send(
                "POST",
                "/api/feedback",
                Map.of("responseId", responses.get(number), "correct", true),
                Map.of())
            .status()
        == 200;
  }

  private boolean ask() {
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
                PromptDriver.labelFormat("topic", List.of("billing", "delivery"))),
            Map.of());
    return answer.status() == 200 && responses.add(answer.json().at("/id").asString());
  }

  @Override
  public List<Integer> inEffect(int acknowledged) {
    try (ServiceDatabase inference = ServiceDatabase.asSuperuser("inference")) {
      return inference
          .texts(
              "SELECT response_id FROM feedback WHERE response_id = ANY (?)",
              responses.toArray(String[]::new))
          .stream()
          .map(responses::indexOf)
          .toList();
    }
  }

  @Override
  public long entries() {
    return inEffect(0).size();
  }
}
