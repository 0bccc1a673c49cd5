package io.plumbline.compliance.risk;

/**
 * The controls that the delivered register may name. Each one is proven by a test in the module
 * that has it, so that a control cannot be removed while the register still claims it.
 */
enum Control {
  PROMPT_LINT(
      "A linter names vague and contradicting instructions before a prompt is published.",
      "prompt-registry",
      "LintTests",
      "vague_and_contradicting_words_are_found_where_they_stand"),
  PROMPT_LENGTH(
      "The linter points out fixed text that fills the context window.",
      "prompt-registry",
      "LintTests",
      "fixed_text_that_fills_the_window_is_pointed_out"),
  PROTECTED_LABELS(
      "A protected label moves only by an approval of exactly that version.",
      "prompt-registry",
      "PromptJourneyTests",
      "production_moves_only_by_an_approval_of_the_same_digest"),
  CONSISTENCY(
      "Evaluation measures whether perturbed inputs get the answer of the original.",
      "evaluation",
      "AgreementTests",
      "a_perturbed_item_agrees_with_the_answer_to_its_original"),
  CRITERIA_FIRST(
      "Criteria are registered in the ledger before the runs that they judge.",
      "strategy",
      "CriteriaTests",
      "a_registration_is_published_with_its_digest"),
  NEWEST_VERDICT(
      "The newest verdict on a variant by the criteria in force decides; earlier ones open"
          + " nothing.",
      "strategy",
      "PhaseTrackerTests",
      "verdicts_under_former_criteria_open_nothing"),
  RELEASE_ROLLBACK(
      "A release is rolled back in one action, without approval.",
      "inference",
      "ReleaseLifecycleTests",
      "a_rollback_resumes_the_former_release"),
  CANARY(
      "The analysis of live feedback halts a canary that is worse than the release before it.",
      "evaluation",
      "CanaryAnalysisTests",
      "halts_a_candidate_whose_answers_are_judged_wrong_more_often"),
  TRUNCATION_SHOWN(
      "A response says which texts were longer than the model reads.",
      "inference",
      "ResponseHeadersTests",
      "a_completed_answer_says_how_it_was_produced"),
  CHAMPION_BY_VERDICT(
      "The alias champion moves only to a version for which a PASS verdict stands.",
      "model-registry",
      "AliasServiceTests",
      "a_verdict_by_former_criteria_makes_no_champion"),
  ALIAS_ROLLBACK(
      "The alias of a tuned model is rolled back in one action, without approval.",
      "model-registry",
      "AliasServiceTests",
      "rolls_back_without_approval_to_a_version_that_was_approved"),
  BASE_MODEL_CATALOGUE(
      "Base models are listed by digest, with price and date of withdrawal.",
      "model-registry",
      "ModelRegistryJourneyTests",
      "lists_and_revises_aproviders_model"),
  SENSITIVE_DATA_MASKED(
      "Sensitive values are found and masked before a dataset is used.",
      "sensitive-data",
      "MaskingTests",
      "masks_to_text_in_which_nothing_is_found_again"),
  ADMISSION(
      "A policy admits a dataset version to training, indexing and evaluation, or refuses it.",
      "compliance",
      "PolicyPresetsTests",
      "the_preset_names_every_reason_at_once"),
  WORKSPACES_APART(
      "The database itself keeps the rows of workspaces apart.",
      "platform-test",
      "MechanismsTests",
      "rows_of_another_workspace_are_as_unknown_as_rows_that_do_not_exist"),
  SECOND_PERSON(
      "Releases, waivers and champions are approved by a person who did not author them.",
      "compliance",
      "ApprovalJourneyTests",
      "a_release_is_approved_by_a_second_person_and_by_nobody_else");

  private final String sentence;
  private final String module;
  private final String testClass;
  private final String testMethod;

  Control(String sentence, String module, String testClass, String testMethod) {
    this.sentence = sentence;
    this.module = module;
    this.testClass = testClass;
    this.testMethod = testMethod;
  }

  /** Returns the sentence by which the register describes what the control does. */
  String sentence() {
    return sentence;
  }

  /** Returns the module whose tests prove the control. */
  String module() {
    return module;
  }

  /** Returns the simple name of the class whose tests prove the control. */
  String testClass() {
    return testClass;
  }

  /** Returns the name of the test method that fails without the control. */
  String testMethod() {
    return testMethod;
  }
}
