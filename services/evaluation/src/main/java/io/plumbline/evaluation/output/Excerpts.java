package io.plumbline.evaluation.output;

import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.platform.body.StorableText;
import io.plumbline.platform.identity.Caller;
import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import io.plumbline.sensitivedata.SensitiveScanners;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes excerpts of questions, expected answers and answers for lists: on one line, of bounded
 * length, and with sensitive values masked, as in lists of rows.
 */
@Component
public class Excerpts {

  /** The largest number of characters of an excerpt; a cut excerpt ends with an ellipsis. */
  public static final int MAX_CHARACTERS = 200;

  /**
   * The number of characters that are read beyond the last one shown, so that a value is masked as
   * a whole.
   */
  private static final int BEYOND = 4_096;

  /** The text in place of the expected answer where the documents do not answer the question. */
  static final String NOT_ANSWERED = "Not answered by the documents";

  private final SensitiveScanners scanners;

  Excerpts(SensitiveDataSettings settings) {
    this.scanners = new SensitiveScanners(settings);
  }

  /** Returns the excerpt of a text in the caller's workspace; empty where nothing can be read. */
  public Optional<String> of(String text) {
    String head = StorableText.truncate(text, MAX_CHARACTERS + BEYOND);
    String line = StorableText.oneLine(masked(head));
    if (line.isEmpty()) {
      return Optional.empty();
    }
    boolean cut = head.length() < text.length() || line.length() > MAX_CHARACTERS;
    if (!cut) {
      return Optional.of(line);
    }
    return Optional.of(StorableText.truncate(line, MAX_CHARACTERS - 1).stripTrailing() + "…");
  }

  /**
   * Returns the excerpt of a question in the form in which it was asked. Sensitive values are
   * masked before the question is perturbed, since a value in lower case or without its end is not
   * recognised.
   */
  public Optional<String> of(Input input, Perturbation perturbation) {
    if (perturbation == Perturbation.NONE) {
      return of(input.question());
    }
    return of(input.withQuestion(text -> perturbation.apply(masked(text))).question());
  }

  /**
   * Returns the excerpt of what an answer is compared with: the label, the references, the calls of
   * tools, the answers from documents or the rubric. Empty where nothing is expected.
   */
  public Optional<String> of(Expected expected) {
    List<String> texts = new ArrayList<>(expected.references());
    Optional.ofNullable(expected.label()).ifPresent(texts::add);
    expected.toolCalls().forEach(call -> texts.add(call.name() + "(" + call.arguments() + ")"));
    Optional.ofNullable(expected.answers()).ifPresent(texts::addAll);
    if (expected.isUnanswerable()) {
      texts.add(NOT_ANSWERED);
    }
    Optional.ofNullable(expected.rubric()).ifPresent(texts::add);
    return of(String.join(" / ", texts));
  }

  private String masked(String text) {
    return Masking.UNNUMBERED.mask(text, scanners.of(Caller.current().workspace()).scan(text));
  }
}
