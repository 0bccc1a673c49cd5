package io.plumbline.e2e.fault;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Moves the protected label of a prompt: one person requests it, another approves it, and a change
 * is acknowledged once the label is there.
 */
public final class ApprovedMoves implements Change {

  private final PatientClient ada = new PatientClient("ada");
  private final PatientClient ben = new PatientClient("ben");
  private final PatientClient cleo = new PatientClient("cleo");
  private final String prompt;
  private int requested = -1;
  private String approval = "";

  public ApprovedMoves(String prompt) {
    this.prompt = prompt;
  }

  @Override
  public void prepare() {
    Prepared.prompt(ada, prompt);
    Prepared.versions(ada, prompt, 2);
  }

  @Override
  public boolean attempt(int number, String key) {
    if (requested != number) {
      approval = "";
      int status =
          ada.put(
                  "/api/prompts/" + prompt + "/labels/production",
                  Map.of("version", LabelMoves.target(number)),
                  Map.of())
              .status();
      if (status != 202) {
        return false;
      }
      requested = number;
    }
    if (approval.isEmpty()) {
      approval = pending();
    }
    return !approval.isEmpty() && isApproved(key) && isMoved(number);
  }

  private String pending() {
    PatientClient.Reply list = ben.get("/api/approvals?state=PENDING&limit=100");
    if (list.status() != 200) {
      return "";
    }
    return list.json()
        .at("/items")
        .valueStream()
        .filter(each -> each.at("/object").asString().equals(prompt + "/production"))
        .map(each -> each.at("/approvalId").asString())
        .findFirst()
        .orElse("");
  }

  /** Approves the request. The key makes it one decision, however often it is sent. */
  private boolean isApproved(String key) {
    return ben.post(
                "/api/approvals/" + approval + "/decisions",
                key,
                Map.of("decision", "APPROVED", "reason", "under faults"))
            .status()
        == 200;
  }

  private boolean isMoved(int number) {
    PatientClient.Reply labels = ada.get("/api/prompts/" + prompt + "/labels");
    return labels.status() == 200
        && labels
            .json()
            .at("/items")
            .valueStream()
            .filter(each -> each.at("/label").asString().equals("production"))
            .map(each -> each.at("/version"))
            .map(JsonNode::asInt)
            .anyMatch(version -> version == LabelMoves.target(number));
  }

  @Override
  public List<Integer> inEffect(int acknowledged) {
    return LabelMoves.inOrder(ada.all("/api/prompts/" + prompt + "/label-moves"), "/to");
  }

  /**
   * Returns the number of decisions in the ledger. The moves themselves show that each moved the
   * label once.
   */
  @Override
  public long entries() {
    return cleo.all("/api/audit?type=prompt.label-moved&object=" + prompt).size();
  }
}
