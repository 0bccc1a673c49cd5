package io.plumbline.evaluation.output;

import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.items.Input;
import io.plumbline.platform.body.StorableText;
import io.plumbline.platform.identity.Caller;
import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import io.plumbline.sensitivedata.SensitiveScanners;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes excerpts of questions and answers for lists: on one line, of bounded length, and with
 * sensitive values masked, as in lists of rows.
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

  private final SensitiveScanners scanners;

  Excerpts(SensitiveDataSettings settings) {
    this.scanners = new SensitiveScanners(settings);
  }

  /** Returns the excerpt of a text in the caller's workspace; empty where nothing can be read. */
  public Optional<String> of(String text) {
    String head = StorableText.head(text, MAX_CHARACTERS + BEYOND);
    String line = masked(head).replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Z}]+", " ").strip();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    boolean cut = head.length() < text.length() || line.length() > MAX_CHARACTERS;
    if (!cut) {
      return Optional.of(line);
    }
    return Optional.of(StorableText.head(line, MAX_CHARACTERS - 1).stripTrailing() + "…");
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

  private String masked(String text) {
    return Masking.UNNUMBERED.mask(text, scanners.of(Caller.current().workspace()).scan(text));
  }
}
