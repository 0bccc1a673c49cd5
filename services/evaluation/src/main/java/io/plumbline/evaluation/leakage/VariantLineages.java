package io.plumbline.evaluation.leakage;

import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.leakage.Leakage.Source;
import io.plumbline.evaluation.leakage.VariantLineage.Rows;
import io.plumbline.evaluation.projection.SplitProjection;
import io.plumbline.evaluation.projection.Variant;
import io.plumbline.evaluation.projection.VariantProjection;
import io.plumbline.evaluation.projection.VariantProjection.SubsetName;
import io.plumbline.platform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Traces the lineage of a variant to the content that it used. */
@Component
public class VariantLineages {

  /** The name of the subset of a split that is a whole dataset of documents. */
  private static final String DOCUMENTS = "documents";

  private final VariantProjection variants;
  private final SplitProjection splits;

  VariantLineages(VariantProjection variants, SplitProjection splits) {
    this.variants = variants;
    this.splits = splits;
  }

  /**
   * Checks that the lineage of a variant is known.
   *
   * @throws Problem 409 while the lineage has not arrived here, since the content that a variant
   *     used is not guessed
   */
  public void requireKnownLineage(Variant variant, String pointer) {
    if (lineageOf(variant).isEmpty()) {
      throw Problem.notYetKnown(pointer);
    }
  }

  /** Returns the lineage of a variant; empty when any part of the lineage has not arrived here. */
  @Transactional(readOnly = true)
  Optional<VariantLineage> lineageOf(Variant variant) {
    List<Rows> rows = new ArrayList<>();
    boolean known = variant.areTrainingJobsKnown();
    for (UUID job : variant.trainingJobs()) {
      Optional<Digest> split = variants.trainingSplitOf(job);
      known &=
          split
              .filter(s -> addRowsIfKnown(rows, Source.TRAINING, new SubsetName(s, "train")))
              .isPresent();
      known &=
          split
              .filter(s -> addRowsIfKnown(rows, Source.VALIDATION, new SubsetName(s, "validation")))
              .isPresent();
    }
    Digest index = variant.index();
    if (index != null) {
      known &=
          variants
              .indexedSubset(index)
              .filter(subset -> addRowsIfKnown(rows, Source.INDEX, subset))
              .isPresent();
    }
    if (!known) {
      return Optional.empty();
    }
    return Optional.of(new VariantLineage(variant.prompt(), rows));
  }

  private boolean addRowsIfKnown(List<Rows> rows, Source source, SubsetName name) {
    Optional<Subset> subset =
        splits.find(name.split()).map(split -> split.subsets().get(name.subset()));
    subset.ifPresent(
        found -> rows.add(new Rows(source, found.digest(), name.subset().equals(DOCUMENTS))));
    return subset.isPresent();
  }
}
