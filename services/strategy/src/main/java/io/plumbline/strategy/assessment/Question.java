package io.plumbline.strategy.assessment;

import java.util.List;

/**
 * The questions of the decision tree. The answers of each are ordered, so that a change by one step
 * is the smallest possible one.
 */
public enum Question {
  /** The distance by which the simplest approach falls short of the required performance. */
  PERFORMANCE_GAP("NONE", "SMALL", "LARGE"),
  /**
   * The knowledge that the task needs beyond that of any general model: none, the enterprise's own
   * knowledge, or a specialised language and judgement.
   */
  SPECIFICITY("GENERAL", "KNOWLEDGE", "SPECIALISED"),
  /** The amount of labelled examples at hand. */
  DATA_AVAILABILITY("NONE", "LIMITED", "ABUNDANT"),
  /** The people, time and money that are available. */
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

  int stepsBetween(String from, String to) {
    return Math.abs(answers().indexOf(from) - answers().indexOf(to));
  }
}
