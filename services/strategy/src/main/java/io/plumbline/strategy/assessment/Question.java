package io.plumbline.strategy.assessment;

import java.util.List;

/**
 * The questions of the decision tree; the answers are ordered, so that a change by one step is the
 * smallest there is.
 */
public enum Question {
  /** How far the simplest approach falls short of the required performance. */
  PERFORMANCE_GAP("NONE", "SMALL", "LARGE"),
  /**
   * What the task needs beyond what any general model knows: nothing, our own knowledge, or a
   * language and judgement of its own.
   */
  SPECIFICITY("GENERAL", "KNOWLEDGE", "SPECIALISED"),
  /** Labelled examples at hand. */
  DATA_AVAILABILITY("NONE", "LIMITED", "ABUNDANT"),
  /** People, time and money. */
  RESOURCES("LIMITED", "MODERATE", "AMPLE");

  private final String least;
  private final String middle;
  private final String most;

  Question(String least, String middle, String most) {
    this.least = least;
    this.middle = middle;
    this.most = most;
  }

  public List<String> answers() {
    return List.of(least, middle, most);
  }

  int distance(String from, String to) {
    return Math.abs(answers().indexOf(from) - answers().indexOf(to));
  }
}
