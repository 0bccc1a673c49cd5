package io.plumbline.datasetregistry.projection;

import static io.plumbline.datasetregistry.projection.LineageReference.ofDigest;
import static io.plumbline.datasetregistry.projection.LineageReference.ofSubset;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.ModelRegistryEvent.ModelVersionRegistered;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.contracts.TrainingEvent.JobChanged;
import io.plumbline.contracts.TrainingEvent.JobFinished;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The projection of the objects that other services made of subsets, directly or through other
 * objects. Each event names an object and its sources, so events may arrive in any order.
 */
@Component
public class LineageProjection {

  /**
   * The subsets that a training job uses. It trains on the first and chooses its checkpoint by the
   * second.
   */
  private static final List<String> TRAINING_SUBSETS = List.of("train", "validation");

  private final JdbcClient sql;
  private final ApplicationEventPublisher applicationEvents;

  LineageProjection(JdbcClient sql, ApplicationEventPublisher applicationEvents) {
    this.sql = sql;
    this.applicationEvents = applicationEvents;
  }

  /**
   * The description of an object.
   *
   * @param resource distinguishes objects with the same digest, such as two indexes of one recipe
   * @param version absent for objects without versions
   * @param application absent for objects that belong to no application
   * @param state absent for objects that never change
   */
  private record NodeDescription(
      String resource,
      String name,
      @Nullable Integer version,
      @Nullable String application,
      @Nullable String state) {}

  @OnEvent
  public void on(IndexBuilt event, EventMetadata metadata) {
    Digest split = event.splitDigest();
    String subset = event.recipe().get("subset");
    addNode(
        ofDigest(LineageKind.INDEX, event.indexDigest()),
        new NodeDescription(
            UUID.fromString(metadata.subject()).toString(), event.index(), null, null, null),
        subsetSources(split, subset),
        metadata);
  }

  private static List<LineageReference> subsetSources(
      @Nullable Digest split, @Nullable String subset) {
    if (split == null || subset == null) {
      return List.of();
    }
    return List.of(ofSubset(split, subset));
  }

  @OnEvent
  public void on(JobChanged event, EventMetadata metadata) {
    addJob(
        event.jobId(),
        event.baseModel(),
        event.application(),
        event.state().name(),
        event.splitDigest(),
        metadata);
  }

  @OnEvent
  public void on(JobFinished event, EventMetadata metadata) {
    addJob(
        event.jobId(),
        event.baseModel(),
        event.application(),
        event.outcome().name(),
        event.splitDigest(),
        metadata);
  }

  private void addJob(
      UUID id,
      String baseModel,
      String application,
      String state,
      Digest split,
      EventMetadata metadata) {
    addNode(
        jobReference(id),
        new NodeDescription(id.toString(), baseModel, null, application, state),
        TRAINING_SUBSETS.stream().map(subset -> ofSubset(split, subset)).toList(),
        metadata);
  }

  @OnEvent
  public void on(SuitePublished event, EventMetadata metadata) {
    addNode(
        ofDigest(LineageKind.SUITE, event.suiteDigest()),
        versionedDescription(event.suite(), event.version()),
        List.of(ofSubset(event.splitDigest(), event.subset())),
        metadata);
  }

  @OnEvent
  public void on(ModelVersionRegistered event, EventMetadata metadata) {
    addNode(
        ofDigest(LineageKind.MODEL_VERSION, event.modelDigest()),
        versionedDescription(event.model(), event.version()),
        List.of(jobReference(event.jobId())),
        metadata);
  }

  @OnEvent
  public void on(PromptVersionPublished event, EventMetadata metadata) {
    addNode(
        ofDigest(LineageKind.PROMPT_VERSION, event.digest()),
        versionedDescription(event.prompt(), event.version()),
        List.of(),
        metadata);
  }

  /** Adds a variant. Base models and models of providers have no sources in the lineage. */
  @OnEvent
  public void on(VariantCreated event, EventMetadata metadata) {
    Stream<LineageReference> models =
        event.models().stream()
            .map(model -> ofDigest(LineageKind.MODEL_VERSION, model.modelDigest()));
    List<LineageReference> parts = new ArrayList<>(models.distinct().toList());
    parts.add(ofDigest(LineageKind.PROMPT_VERSION, event.promptDigest()));
    Digest index = event.indexDigest();
    if (index != null) {
      parts.add(ofDigest(LineageKind.INDEX, index));
    }
    addNode(
        ofDigest(LineageKind.VARIANT, event.variantDigest()),
        new NodeDescription(
            event.variantDigest().hex(), event.name(), null, event.application(), null),
        parts,
        metadata);
  }

  @OnEvent
  public void on(ReleaseRequested event, EventMetadata metadata) {
    addRelease(
        event.releaseId(),
        event.environment(),
        event.application(),
        ReleaseState.REQUESTED,
        event.variantDigest(),
        metadata);
  }

  @OnEvent
  public void on(ReleaseChanged event, EventMetadata metadata) {
    addRelease(
        event.releaseId(),
        event.environment(),
        event.application(),
        event.state(),
        event.variantDigest(),
        metadata);
  }

  private void addRelease(
      UUID id,
      String environment,
      String application,
      ReleaseState state,
      Digest variant,
      EventMetadata metadata) {
    addNode(
        new LineageReference(LineageKind.RELEASE, id.toString()),
        new NodeDescription(id.toString(), environment, null, application, state.name()),
        List.of(ofDigest(LineageKind.VARIANT, variant)),
        metadata);
  }

  private static LineageReference jobReference(UUID id) {
    return new LineageReference(LineageKind.TRAINING_JOB, id.toString());
  }

  private static NodeDescription versionedDescription(String name, int version) {
    return new NodeDescription(name + "@" + version, name, version, null, null);
  }

  private void addNode(
      LineageReference made,
      NodeDescription described,
      List<LineageReference> sources,
      EventMetadata metadata) {
    sql.sql(
            """
            INSERT INTO lineage_node AS known (workspace_id, kind, id, resource, name, version, application, state,
              changed_at, revision)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, kind, id, resource) DO UPDATE
              SET state = excluded.state, changed_at = excluded.changed_at, revision = excluded.revision
              WHERE known.revision < excluded.revision
            """)
        .param(metadata.workspace())
        .param(made.kind().name())
        .param(made.nodeId())
        .param(described.resource())
        .param(described.name())
        .param(described.version())
        .param(described.application())
        .param(described.state())
        .param(metadata.time().atOffset(ZoneOffset.UTC))
        .param(metadata.aggregateVersion())
        .update();
    Set<Digest> used = new TreeSet<>();
    for (LineageReference source : sources) {
      int added =
          sql.sql(
                  """
                  INSERT INTO lineage_edge (workspace_id, kind, id, source_kind, source_id) VALUES (?, ?, ?, ?, ?)
                  ON CONFLICT DO NOTHING
                  """)
              .params(
                  metadata.workspace(),
                  made.kind().name(),
                  made.nodeId(),
                  source.kind().name(),
                  source.nodeId())
              .update();
      if (added == 1 && source.kind() == LineageKind.SUBSET) {
        used.add(source.splitOfSubset());
      }
    }
    used.forEach(split -> applicationEvents.publishEvent(new SplitUsed(split)));
  }
}
