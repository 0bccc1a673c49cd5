package io.plumbline.inference.refresh;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.projection.Split;
import io.plumbline.inference.projection.SplitProjection;
import io.plumbline.inference.refresh.Comparison.NoRefresh;
import io.plumbline.inference.refresh.Comparison.Refreshed;
import io.plumbline.inference.retrieval.IndexCatalog;
import io.plumbline.inference.retrieval.IndexMode;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides whether a variant refreshes another: the same parts over newer documents. It compares the
 * parts of which variants' digests are made, and how and from what indexes were built; no name that
 * a caller gives decides. Callers run in a transaction.
 */
@Component
public class RefreshService {

  private record Documents(IndexCatalog.Built index, Split split) {}

  private final IndexCatalog indexes;
  private final SplitProjection splits;
  private final VariantCatalog variants;

  RefreshService(IndexCatalog indexes, SplitProjection splits, VariantCatalog variants) {
    this.indexes = indexes;
    this.splits = splits;
    this.variants = variants;
  }

  /** Returns whether the variant {@code next} is a refresh of the variant {@code former}. */
  public Comparison compare(Variant former, Variant next) {
    Digest index = next.index();
    List<String> reasons = new ArrayList<>();
    if (index == null || !former.digestWithIndex(index).equals(next.digest())) {
      reasons.addAll(VariantDifferences.of(former, next));
    }
    if (index == null) {
      return new NoRefresh(reasons);
    }
    return compareIndexes(former.index(), index, reasons);
  }

  /**
   * Returns the reasons why the documents of a refresh are not admitted to INDEX at present; empty
   * while they are. Admission is decided again when a split, the licence or a policy changes.
   */
  public List<String> unadmittedReasons(DocumentChange change) {
    Optional<Split> split = documentsOf(change.index()).map(Documents::split);
    if (split.filter(each -> each.purposes().contains("INDEX")).isPresent()) {
      return List.of();
    }
    return split
        .map(Split::reasons)
        .filter(reasons -> !reasons.isEmpty())
        .orElse(
            List.of(
                "admission of version %d of dataset %s to INDEX"
                    .formatted(change.version(), change.dataset())));
  }

  /**
   * Creates the variant that has the pinned parts of another over the index.
   *
   * @param name the name for people
   * @throws Problem 409, recorded, that names why the index does not make a refresh
   */
  @Transactional
  public Refreshing create(Variant former, Digest index, String name) {
    return switch (compareIndexes(former.index(), index, List.of())) {
      case Refreshed(DocumentChange change) ->
          new Refreshing(
              variants.createWithIndex(
                  former, index, indexes.findBuilt(index).orElseThrow().authors(), name),
              change);
      case NoRefresh(List<String> reasons) ->
          throw new Problem(
                  InferenceProblem.NOT_A_REFRESH,
                  "A variant with this index would be no refresh of this variant. Pass an index"
                      + " that was built like the variant's, of a newer version of the same dataset"
                      + " of documents, or compose another variant.")
              .missing(reasons);
    };
  }

  /** A variant that refreshes another, and the change that it makes. */
  public record Refreshing(Variant variant, DocumentChange change) {}

  /** Returns the dataset of the documents in an index; empty while it is not known. */
  public Optional<String> dataset(Digest index) {
    return indexes
        .findBuilt(index)
        .flatMap(built -> splits.findSplit(built.split()))
        .map(Split::dataset);
  }

  private Comparison compareIndexes(@Nullable Digest former, Digest next, List<String> others) {
    List<String> reasons = new ArrayList<>(others);
    Optional<Documents> before = Optional.ofNullable(former).flatMap(this::documentsOf);
    Optional<Documents> after = documentsOf(next);
    if (former == null || before.isEmpty()) {
      reasons.add("an index of documents that is refreshed; the former variant has none");
      return new NoRefresh(reasons);
    }
    if (after.isEmpty()) {
      reasons.add("an index of documents; index %s is none".formatted(next));
      return new NoRefresh(reasons);
    }
    Split from = before.get().split;
    Split to = after.get().split;
    if (!before.get().index.method().equals(after.get().index.method())) {
      reasons.add(
          "an index that is built like %s: by the same encoder, with as many tokens and as much"
                  .formatted(former)
              + " overlap");
    }
    if (!from.dataset().equals(to.dataset())) {
      reasons.add(
          "documents of dataset %s; these are of %s".formatted(from.dataset(), to.dataset()));
    } else if (to.version() <= from.version()) {
      reasons.add(
          "a newer version of dataset %s than %d; this is %d"
              .formatted(from.dataset(), from.version(), to.version()));
    }
    if (!reasons.isEmpty()) {
      return new NoRefresh(reasons);
    }
    return new Refreshed(
        new DocumentChange(former, next, from.dataset(), from.version(), to.version()));
  }

  private Optional<Documents> documentsOf(Digest digest) {
    return indexes
        .findBuilt(digest)
        .filter(index -> index.mode() == IndexMode.PASSAGES)
        .flatMap(
            index -> splits.findSplit(index.split()).map(split -> new Documents(index, split)));
  }
}
