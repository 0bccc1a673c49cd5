package io.plumbline.promptregistry.lint;

import java.util.List;

/** A check of one guideline for prompts. */
interface LintRule {

  /** Returns the guideline and its reason, with a prompt that breaks it and one that follows it. */
  Guideline guideline();

  List<Finding> findings(ParsedDraft parsedDraft);

  default String ruleName() {
    return guideline().rule();
  }
}
