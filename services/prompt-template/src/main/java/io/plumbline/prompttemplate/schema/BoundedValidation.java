package io.plumbline.prompttemplate.schema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import java.util.List;

/**
 * One validation, which keeps the first errors of each list and ends when its budget is spent. The
 * library itself collects every error, including those of alternatives that it tries and drops, and
 * a value of 100 KB can have millions.
 *
 * <p>Whether a list has errors decides a validation, never how many it has, so that dropping the
 * later ones changes no result.
 */
final class BoundedValidation extends ExecutionContext {

  /** The most errors that are reported of one value. */
  static final int MAX_ERRORS = 10;

  /** The characters that are copied in about the time of a step. */
  private static final int CHARACTERS_OF_A_STEP = 128;

  private final ValidationBudget budget;
  private final int stepCost;

  /**
   * @param stepCost how many steps of the budget one keyword takes
   */
  BoundedValidation(ValidationBudget budget, int stepCost) {
    this.budget = budget;
    this.stepCost = stepCost;
  }

  /** Takes the cost of a keyword, before it is evaluated, from the budget. */
  @Override
  public void evaluationPathAddLast(String keyword) {
    budget.spendSteps(stepCost);
    super.evaluationPathAddLast(keyword);
  }

  /** Takes a step from the budget for each alternative that is tried. */
  @Override
  public void evaluationPathAddLast(int index) {
    budget.spendSteps(1);
    super.evaluationPathAddLast(index);
  }

  /** Keeps the error if it is among the first. It was written in any case, which is work. */
  @Override
  public void addError(Error error) {
    budget.spendSteps(1 + argumentCharacters(error) / CHARACTERS_OF_A_STEP);
    if (getErrors().size() < MAX_ERRORS) {
      super.addError(error);
    }
  }

  /**
   * Drops all but the first errors. A keyword that has tried its alternatives may have added their
   * errors to the list directly.
   */
  @Override
  public void setErrors(List<Error> errors) {
    if (errors.size() > MAX_ERRORS) {
      errors.subList(MAX_ERRORS, errors.size()).clear();
    }
    super.setErrors(errors);
  }

  /** Returns how long the texts of schema and value in an error are. */
  private static int argumentCharacters(Error error) {
    int characters = 0;
    if (error.getArguments() != null) {
      for (Object argument : error.getArguments()) {
        if (argument instanceof String text) {
          characters += text.length();
        }
      }
    }
    return characters;
  }
}
