package io.plumbline.modelregistry.model;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.ModelRegistryEvent.ModelCreated;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.localmodels.ArtifactException;
import io.plumbline.localmodels.Classifier;
import io.plumbline.modelregistry.catalog.BaseModelCatalog;
import io.plumbline.modelregistry.catalog.BaseModelName;
import io.plumbline.modelregistry.catalog.Listing;
import io.plumbline.modelregistry.projection.TrainingJobProjection;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.blob.UnknownBlob;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates models, and registers the results of training jobs as their versions. */
@Service
public class ModelCatalog {

  private final Models models;
  private final ModelVersions versions;
  private final TrainingJobProjection jobs;
  private final BaseModelCatalog baseModelCatalog;
  private final BlobStore blobs;
  private final Outbox outbox;
  private final Clock clock;

  ModelCatalog(
      Models models,
      ModelVersions versions,
      TrainingJobProjection jobs,
      BaseModelCatalog baseModelCatalog,
      BlobStore blobs,
      Outbox outbox,
      Clock clock) {
    this.models = models;
    this.versions = versions;
    this.jobs = jobs;
    this.baseModelCatalog = baseModelCatalog;
    this.blobs = blobs;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  public Model create(String name, String description) {
    if (models.existsByName(name)) {
      throw new Problem(
              ModelProblem.NAME_TAKEN,
              ("A model named '%s' already exists. Register a version of that model, or choose"
                      + " another name.")
                  .formatted(name))
          .withFieldError("/name", "'" + name + "' is taken");
    }
    Caller caller = Caller.current();
    Model model =
        models.saveAndFlush(
            new Model(
                Ids.next(),
                caller.workspace(),
                name,
                description,
                caller.actor(),
                clock.instant()));
    outbox.append(
        new ModelCreated(name, Digest.ofText(description)), name, model.aggregateVersion());
    return model;
  }

  @Transactional
  public ModelVersion register(String name, UUID jobId, String description) {
    Model model = models.findForChangeByName(name).orElseThrow(Problem::notFound);
    JobFinished job = jobs.find(jobId).orElseThrow(() -> Problem.notYetKnown("/jobId"));
    Digest artifact = job.artifactDigest();
    if (job.outcome() != RunOutcome.SUCCEEDED || artifact == null) {
      throw new Problem(
              ModelProblem.JOB_NOT_SUCCEEDED,
              "Training job %s has %s. Register a training job that has SUCCEEDED."
                  .formatted(jobId, job.outcome()))
          .withFieldError("/jobId", "has " + job.outcome());
    }
    versions
        .findByJob(model.id(), jobId)
        .ifPresent(registered -> {
          throw new Problem(
                  ModelProblem.ALREADY_REGISTERED,
                  "Training job %s is already registered as version %d. Use that version."
                      .formatted(jobId, registered.version()))
              .withFieldError("/jobId", "is version " + registered.version());
        });
    Listing base =
        baseModelCatalog
            .find(BaseModelName.of(job.baseModel()))
            .map(BaseModelCatalog.Entry::listing)
            .orElseThrow(() -> Problem.notYetKnown("/jobId"));
    Lineage lineage = Lineage.of(job, artifact, base, readClassifier(artifact));
    ModelVersion version =
        new ModelVersion(
            name,
            model.nextVersionNumber(),
            description,
            job.author(),
            Objects.requireNonNullElse(job.authors(), List.of(job.author())),
            Caller.current().actor(),
            clock.instant(),
            lineage);
    versions.add(model.id(), version);
    Model saved = models.saveAndFlush(model);
    outbox.append(version.registeredEvent(), name, saved.aggregateVersion());
    return version;
  }

  /** Reads the classifier of an artifact. An artifact that cannot be read could not be served. */
  private Classifier readClassifier(Digest artifact) {
    try (InputStream content = blobs.open(artifact)) {
      return Classifier.read(content);
    } catch (UnknownBlob | ArtifactException e) {
      throw new Problem(ModelProblem.UNUSABLE_ARTIFACT, "Train again. " + e.getMessage())
          .withFieldError("/jobId", "made an artifact that cannot be read");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Transactional(readOnly = true)
  public Optional<Model> find(String name) {
    return models.findByName(name);
  }

  @Transactional(readOnly = true)
  public Page<Model> page(PageRequest request) {
    String after = request.afterName();
    List<Model> found =
        models.findByNameGreaterThanOrderByName(after, Limit.of(request.fetchSize()));
    return Page.of(found, request, model -> List.of(model.name()), models.count());
  }

  @Transactional(readOnly = true)
  public Optional<ModelVersion> version(String name, int version) {
    return models.findByName(name).flatMap(model -> versions.find(model.id(), version));
  }

  @Transactional(readOnly = true)
  public Page<ModelVersion> versions(String name, PageRequest request) {
    int below = request.after(Integer::valueOf, Integer.MAX_VALUE);
    Model model = models.findByName(name).orElseThrow(Problem::notFound);
    List<ModelVersion> found = versions.versionsBelow(model.id(), below, request.fetchSize());
    return Page.of(
        found,
        request,
        version -> List.of(Integer.toString(version.version())),
        model.latestVersion());
  }
}
