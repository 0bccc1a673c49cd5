package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelAnswer.Citation;
import io.plumbline.evaluation.answer.ModelAnswer.Passage;
import io.plumbline.evaluation.answer.PassageMatcher;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The scorer of citations. It gives the share of the cited passages that the item refers to
 * (precision), or the share of the passages referred to that are cited (recall). A passage that is
 * cited at several places counts once. An answer that cites nothing scores 0, whether it abstained
 * or not, since citing nothing would otherwise be the way to perfect precision.
 *
 * @param precision whether the scorer gives precision, and not recall
 */
record CitationScoring(boolean precision) implements Scoring {

  @Override
  public Score score(Expected expected, ModelAnswer answer) {
    List<Passage> cited = citedPassages(answer);
    if (cited.isEmpty()) {
      return Score.zero("The answer cites nothing.");
    }
    List<PassageReference> references = expected.passages().stream().distinct().toList();
    if (precision) {
      long relevant =
          cited.stream()
              .filter(passage ->
                  references.stream()
                      .anyMatch(reference -> PassageMatcher.matches(passage, reference)))
              .count();
      return new Score(
          (double) relevant / cited.size(),
          "%d of %d passages cited are referred to.".formatted(relevant, cited.size()));
    }
    long found =
        references.stream()
            .filter(reference -> PassageMatcher.matchesAny(cited, reference))
            .count();
    return new Score(
        (double) found / references.size(),
        "%d of %d passages referred to are cited.".formatted(found, references.size()));
  }

  /**
   * Returns the cited passages with the text that was retrieved. A passage that was not retrieved
   * has no text, so that no quote is found in it.
   */
  private static List<Passage> citedPassages(ModelAnswer answer) {
    Set<Passage> cited = new LinkedHashSet<>();
    for (Citation citation : answer.citations()) {
      cited.add(
          answer.passages().stream()
              .filter(passage -> isCitationOf(citation, passage))
              .findFirst()
              .orElseGet(() ->
                  new Passage(
                      citation.number(),
                      citation.passageId(),
                      citation.documentId(),
                      citation.section(),
                      "")));
    }
    return List.copyOf(cited);
  }

  private static boolean isCitationOf(Citation citation, Passage passage) {
    return citation.passageId().equals(passage.passageId())
        && citation.documentId().equals(passage.documentId());
  }

  @Override
  public boolean applies(Expected expected) {
    return !expected.passages().isEmpty();
  }

  @Override
  public String scopeInWords() {
    return "passages";
  }
}
