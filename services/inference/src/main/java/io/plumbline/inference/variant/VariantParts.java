package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.ApplicationProjection;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.inference.projection.PromptProjection;
import io.plumbline.inference.provider.Providers;
import io.plumbline.inference.retrieval.IndexCatalog;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks the parts of a variant: each must exist here, and they must fit together. */
@Component
class VariantParts {

  /**
   * @param connection absent unless a provider has the model
   * @param authors of the parts
   */
  record Resolved(Digest modelDigest, @Nullable Digest connection, List<String> authors) {}

  private record Model(Digest digest, @Nullable Digest connection, @Nullable String author) {}

  private final ApplicationProjection applications;
  private final PromptProjection prompts;
  private final ModelProjection models;
  private final LocalModels localModels;
  private final IndexCatalog indexes;
  private final Providers providers;

  VariantParts(
      ApplicationProjection applications,
      PromptProjection prompts,
      ModelProjection models,
      LocalModels localModels,
      IndexCatalog indexes,
      Providers providers) {
    this.applications = applications;
    this.prompts = prompts;
    this.models = models;
    this.localModels = localModels;
    this.indexes = indexes;
    this.providers = providers;
  }

  /**
   * @throws Problem that names the first part that does not exist here or does not fit
   */
  Resolved resolve(
      String application,
      Digest prompt,
      String model,
      @Nullable Digest index,
      VariantParameters parameters) {
    if (applications.criticality(application).isEmpty()) {
      throw Problem.notYetKnown("/application");
    }
    TreeSet<String> authors = new TreeSet<>(prompts.authors(prompt));
    if (authors.isEmpty()) {
      throw Problem.notYetKnown("/promptDigest");
    }
    Model resolved = model(model);
    if (resolved.author != null) {
      authors.add(resolved.author);
    }
    if (index != null) {
      authors.add(indexes.creator(index).orElseThrow(() -> Problem.notYetKnown("/indexDigest")));
    } else if (parameters.retrievedExamples() != null) {
      throw new Problem(
              CommonProblem.UNPROCESSABLE,
              "Retrieval needs an index: pass indexDigest, or omit retrievedExamples.")
          .at("/parameters/retrievedExamples", "needs indexDigest");
    }
    return new Resolved(resolved.digest, resolved.connection, List.copyOf(authors));
  }

  private Model model(String name) {
    Optional<LocalModel> local = localModels.find(name);
    if (local.isPresent()) {
      if (local.get().kind() != LocalModels.Kind.CHOICE) {
        throw new Problem(
                CommonProblem.UNPROCESSABLE,
                "A variant answers chat requests. " + local.get().notice())
            .at("/model", "must be a model that answers chat requests");
      }
      return new Model(localModels.digest(local.get()), null, null);
    }
    if (name.contains("@")) {
      ModelVersion version =
          models.getVersion(name).orElseThrow(() -> Problem.notYetKnown("/model"));
      return new Model(version.modelDigest(), null, version.author());
    }
    return providers
        .getModel(name)
        .map(model -> new Model(model.digest(), model.connection().digest(), null))
        .orElseThrow(() -> Problem.notYetKnown("/model"));
  }
}
