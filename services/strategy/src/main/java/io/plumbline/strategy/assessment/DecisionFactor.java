package io.plumbline.strategy.assessment;

import io.plumbline.strategy.Approach;

/** A circumstance that counts for or against approaches, with its points. */
public enum DecisionFactor {
  FAST_DELIVERY("a result is needed within days", 2, 0, -2, -2),
  LIMITED_RESOURCES("no people or money for training", 2, 0, -2, -3),
  FLEXIBILITY("the task changes often", 2, 1, -2, 0),
  CHANGING_KNOWLEDGE("answers depend on knowledge that changes", 0, 3, -1, 1),
  SPECIALISED_DOMAIN("a language and judgement of its own", 0, 1, 2, 1),
  ACCURACY_NOT_NEGOTIABLE("an error costs more than a model", 0, 0, 2, 2),
  CONSISTENCY("the same input must give the same answer", 0, 0, 2, 1),
  HIGH_VOLUME("a million requests a month or more", 0, -1, 2, 0),
  CRITICAL_CORE_WITH_AUXILIARIES(
      "a critical core beside auxiliary tasks: tune the core, prompt the rest", 1, 0, 0, 3);

  private final String meaning;
  private final int prompting;
  private final int retrieval;
  private final int tuning;
  private final int hybrid;

  DecisionFactor(String meaning, int prompting, int retrieval, int tuning, int hybrid) {
    this.meaning = meaning;
    this.prompting = prompting;
    this.retrieval = retrieval;
    this.tuning = tuning;
    this.hybrid = hybrid;
  }

  public String meaning() {
    return meaning;
  }

  /** Returns the points for an approach, positive if the circumstance counts in favour of it. */
  public int points(Approach approach) {
    return switch (approach) {
      case PROMPT_ENGINEERING -> prompting;
      case RAG -> retrieval;
      case FINE_TUNING -> tuning;
      case HYBRID -> hybrid;
    };
  }
}
