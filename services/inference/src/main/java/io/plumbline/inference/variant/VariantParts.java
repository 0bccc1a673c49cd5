package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.PartAuthors;
import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.authorship.PromptAuthors;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.ApplicationProjection;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.inference.provider.Provider;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.Providers;
import io.plumbline.inference.retrieval.IndexCatalog;
import io.plumbline.inference.retrieval.IndexMode;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the parts of a variant, and checks that they exist here and fit together. */
@Component
class VariantParts {

  /** The maximum number of a provider's models that an error names. */
  private static final int MAX_NAMED = 20;

  /**
   * The parts of a variant.
   *
   * @param models the models that may answer, in the order in which they are called
   * @param authors the authors of the parts
   */
  record Resolved(List<PinnedModel> models, List<String> authors) {

    PinnedModel main() {
      return models.getFirst();
    }

    List<PinnedModel> fallback() {
      return models.subList(1, models.size());
    }
  }

  /**
   * A model with what decides whether it fits.
   *
   * @param authors the authors of a tuned model; empty for any other
   * @param takesFormats whether the model takes response formats
   */
  private record Model(PinnedModel pinned, List<String> authors, boolean takesFormats) {}

  private final ApplicationProjection applications;
  private final PromptAuthors prompts;
  private final ModelProjection models;
  private final LocalModels localModels;
  private final IndexCatalog indexes;
  private final Providers providers;
  private final PromptContents contents;

  VariantParts(
      ApplicationProjection applications,
      PromptAuthors prompts,
      ModelProjection models,
      LocalModels localModels,
      IndexCatalog indexes,
      Providers providers,
      PromptContents contents) {
    this.applications = applications;
    this.prompts = prompts;
    this.models = models;
    this.localModels = localModels;
    this.indexes = indexes;
    this.providers = providers;
    this.contents = contents;
  }

  /**
   * Finds the parts by their names and digests, and checks that they fit together.
   *
   * @throws Problem that names the first part that does not exist here or does not fit
   */
  Resolved resolve(
      String application,
      Digest prompt,
      String model,
      List<String> fallback,
      @Nullable Digest index,
      VariantParameters parameters,
      @Nullable Abstention abstention) {
    if (applications.criticality(application).isEmpty()) {
      throw Problem.notYetKnown("/application", "application", application);
    }
    TreeSet<String> authors = new TreeSet<>(prompts.of(prompt));
    List<PinnedModel> models = new ArrayList<>();
    addPart(requireTakesFormat(resolveModel(model, "/model"), prompt, "/model"), models, authors);
    for (int i = 0; i < fallback.size(); i++) {
      String pointer = "/fallback/%d".formatted(i);
      Model next = requireTakesFormat(resolveModel(fallback.get(i), pointer), prompt, pointer);
      requireReachable(next.pinned, models, pointer);
      addPart(next, models, authors);
    }
    IndexCatalog.Built built = builtIndex(index);
    if (built != null) {
      authors.addAll(built.authors());
    }
    requireRetrievalFit(parameters, built == null ? null : built.mode());
    if (parameters.reranking() != null && built != null && built.connection() != null) {
      throw unfitPartProblem(
          "Reranking embeds sentences with an encoder of this installation, but the index has one"
              + " of a provider: omit reranking, or pass the indexDigest of another index.",
          "/parameters/reranking",
          "needs an index of a local encoder");
    }
    if (abstention != null && abstention.threshold() != null) {
      requireConfidence(models);
    }
    return new Resolved(List.copyOf(models), List.copyOf(authors));
  }

  /** Returns the authors of each part that a variant has, as they are known now. */
  List<PartAuthors> authors(Variant variant) {
    List<PartAuthors> parts = new ArrayList<>();
    parts.add(new PartAuthors("prompt", prompts.of(variant.prompt())));
    for (PinnedModel model : variant.models()) {
      models
          .getVersion(model.model())
          .ifPresent(tuned -> parts.add(new PartAuthors("model " + tuned.name(), tuned.authors())));
    }
    Optional.ofNullable(variant.index())
        .flatMap(indexes::findBuilt)
        .ifPresent(index -> parts.add(new PartAuthors("index", index.authors())));
    return parts;
  }

  private IndexCatalog.@Nullable Built builtIndex(@Nullable Digest index) {
    if (index == null) {
      return null;
    }
    return indexes.findBuilt(index).orElseThrow(() -> Problem.notYetKnown("/indexDigest"));
  }

  /** Checks that the retrieval parameters are those for the kind of index that the variant has. */
  private static void requireRetrievalFit(VariantParameters parameters, @Nullable IndexMode mode) {
    requireMode(
        mode, IndexMode.EXAMPLES, parameters.retrievedExamples(), "retrievedExamples", "examples");
    requireMode(
        mode, IndexMode.PASSAGES, parameters.retrievedPassages(), "retrievedPassages", "passages");
    requireMode(
        mode, IndexMode.PASSAGES, parameters.retrievalQuery(), "retrievalQuery", "passages");
    requireMode(mode, IndexMode.PASSAGES, parameters.reranking(), "reranking", "passages");
  }

  private static void requireMode(
      @Nullable IndexMode mode,
      IndexMode needed,
      @Nullable Object parameter,
      String name,
      String what) {
    if (parameter == null || mode == needed) {
      return;
    }
    String pointer = "/parameters/" + name;
    if (mode == null) {
      throw unfitPartProblem(
          "Retrieval needs an index: pass indexDigest, or omit %s.".formatted(name),
          pointer,
          "needs indexDigest");
    }
    throw unfitPartProblem(
        "The index has no %s: pass the indexDigest of one that has, or omit %s."
            .formatted(what, name),
        pointer,
        "needs an index of " + what);
  }

  /** Checks that all models report a confidence, without which no threshold can apply. */
  private static void requireConfidence(List<PinnedModel> models) {
    for (PinnedModel model : models) {
      if (model.connection() != null) {
        throw unfitPartProblem(
            ("%s is a provider's model, which reports no confidence: omit the threshold, so that"
                 + " the variant abstains where the model itself gives the declared answer, or use"
                 + " a local or a tuned model.")
                .formatted(model.model()),
            "/abstention/threshold",
            "needs models with a confidence");
      }
    }
  }

  /** Refuses a response format that the server does not take, since each call would fail. */
  private Model requireTakesFormat(Model model, Digest prompt, String pointer) {
    if (!model.takesFormats && contents.getRenderer(prompt).content().responseFormat() != null) {
      throw unfitPartProblem(
          ("%s takes no response format, as its connection says, and the prompt has one: use"
                  + " another model, or a prompt that asks for the form in a message.")
              .formatted(model.pinned.model()),
          pointer,
          "must take the prompt's response format");
    }
    return model;
  }

  private static void addPart(Model model, List<PinnedModel> models, Set<String> authors) {
    models.add(model.pinned);
    authors.addAll(model.authors);
  }

  /** Checks that a fallback model could ever be called; a variant must not name one in vain. */
  private static void requireReachable(PinnedModel next, List<PinnedModel> before, String pointer) {
    if (before.contains(next)) {
      throw unfitPartProblem(
          "A fallback must not name a model that was called before it: it would fail again.",
          pointer,
          "must differ from the models before it");
    }
    PinnedModel last = before.getLast();
    if (last.connection() == null) {
      throw unfitPartProblem(
          "%s runs in this process and fails only because of the request, so no model after it would"
                  .formatted(last.model())
              + " be called.",
          pointer,
          "must be absent after " + last.model());
    }
  }

  private static Problem unfitPartProblem(String detail, String pointer, String violation) {
    return new Problem(CommonProblem.UNPROCESSABLE, detail).withFieldError(pointer, violation);
  }

  /**
   * Names the missing provider: this service knows all providers, so none can still arrive by
   * event.
   */
  private static Problem unknownModelProblem(String name, String pointer) {
    return unfitPartProblem(
        reasonUnknown(name) + " GET /v1/models lists the models of your workspace.",
        pointer,
        "must be a model of your workspace");
  }

  private static String reasonUnknown(String name) {
    int slash = name.indexOf('/');
    if (slash > 0 && !name.startsWith("local/")) {
      return "No provider '%s' is connected: correct the name, or ask an administrator to connect it."
          .formatted(name.substring(0, slash));
    }
    return "There is no model '%s': name one as <provider>/<model>, <model>@<version> or local/<name>."
        .formatted(name);
  }

  private Model resolveModel(String name, String pointer) {
    Optional<LocalModel> local = localModels.find(name);
    if (local.isPresent()) {
      if (!local.get().answersChat()) {
        throw unfitPartProblem(
            "A variant answers chat requests. " + local.get().notice(),
            pointer,
            "must be a model that answers chat requests");
      }
      return new Model(
          new PinnedModel(name, localModels.digest(local.get()), null), List.of(), true);
    }
    if (name.contains("@")) {
      ModelVersion version =
          models
              .getVersion(name)
              .orElseThrow(() -> Problem.notYetKnown(pointer, "model version", name));
      return new Model(new PinnedModel(name, version.modelDigest(), null), version.authors(), true);
    }
    ProviderModel model =
        providers.getModel(name).orElseThrow(() -> unknownModelProblem(name, pointer));
    requireListed(model, pointer);
    return new Model(
        new PinnedModel(name, model.digest(), model.connection().digest()),
        List.of(),
        model.takesResponseFormats());
  }

  /**
   * Checks that a provider lists the model, if it lists any. A bare model may be called without
   * being listed, but a variant is kept, and its runs would fail one after the other.
   */
  private void requireListed(ProviderModel model, String pointer) {
    String provider = model.connection().provider();
    List<String> listed = providers.getProvider(provider).map(Provider::models).orElseGet(List::of);
    if (!listed.isEmpty() && !listed.contains(model.model())) {
      throw unfitPartProblem(
          ("Provider '%s' lists no model '%s', only %s: correct the name, or ask an administrator"
                  + " to list the model there.")
              .formatted(provider, model.model(), namesOf(listed)),
          pointer,
          "must be a model that the provider lists");
    }
  }

  private static String namesOf(List<String> models) {
    String named = String.join(", ", models.subList(0, Math.min(MAX_NAMED, models.size())));
    if (models.size() <= MAX_NAMED) {
      return named;
    }
    return "%s and %d more".formatted(named, models.size() - MAX_NAMED);
  }
}
