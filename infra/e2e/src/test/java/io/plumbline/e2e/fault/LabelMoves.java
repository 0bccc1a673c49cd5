package io.plumbline.e2e.fault;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Moves a label of one prompt to and fro between two versions. */
public final class LabelMoves implements Change {

  private final PatientClient ada = new PatientClient("ada");
  private final PatientClient cleo = new PatientClient("cleo");
  private final String prompt;

  public LabelMoves(String prompt) {
    this.prompt = prompt;
  }

  @Override
  public void prepare() {
    Prepared.prompt(ada, prompt);
    Prepared.versions(ada, prompt, 2);
  }

  /**
   * Moves the label. A label that is there already stays, so a repeated attempt does not move it
   * again.
   */
  @Override
  public boolean attempt(int number, String key) {
    return ada.put(
                "/api/prompts/" + prompt + "/labels/staging",
                Map.of("version", target(number)),
                Map.of())
            .status()
        == 200;
  }

  @Override
  public List<Integer> inEffect(int acknowledged) {
    return inOrder(ada.all("/api/prompts/" + prompt + "/label-moves"), "/to");
  }

  @Override
  public long entries() {
    return cleo.all("/api/audit?type=prompt.label-moved&object=" + prompt).size();
  }

  /** Returns the target of a move, which is version 1 or 2 in turn. */
  static int target(int number) {
    return 1 + number % 2;
  }

  /**
   * Returns the numbers of the moves, which are listed newest first. A move to another target than
   * that of its number gets a number that no change has.
   */
  static List<Integer> inOrder(List<JsonNode> moves, String to) {
    List<JsonNode> moved =
        moves.stream()
            .filter(move -> move.at("/state").asString("MOVED").equals("MOVED"))
            .toList()
            .reversed();
    return IntStream.range(0, moved.size())
        .map(i -> moved.get(i).at(to).asInt() == target(i) ? i : -1)
        .boxed()
        .toList();
  }
}
