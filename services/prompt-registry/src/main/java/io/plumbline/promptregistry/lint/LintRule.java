package io.plumbline.promptregistry.lint;

import java.util.List;

/** One guideline for prompts. */
interface LintRule {

  /** What the guideline asks and why, with a prompt that breaks it and one that keeps it. */
  Guideline guideline();

  List<Finding> check(Draft draft);

  default String name() {
    return guideline().rule();
  }
}
