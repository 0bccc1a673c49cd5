package io.plumbline.datasetregistry.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.datasetregistry.projection.LineageKind;
import io.plumbline.datasetregistry.projection.LineageReference;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An object that was made of data, directly or through other objects.
 *
 * @param nodeId its digest; for a training job or a release, its id
 * @param indexId the id of an index; two indexes of one recipe share their digest
 * @param name its name; for a training job, its base model; for a release, its environment
 * @param version the version of a model, prompt or suite
 * @param application its application; absent if it belongs to none
 * @param state the state of a training job or a release
 * @param changedAt the time at which it was made or reached this state
 * @param madeOf the objects in the answer that it was made of; a subset as {@code
 *     <splitDigest>/<subset>}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LineageNode(
    LineageKind kind,
    String nodeId,
    @Nullable UUID indexId,
    String name,
    @Nullable Integer version,
    @Nullable String application,
    @Nullable String state,
    Instant changedAt,
    List<LineageReference> madeOf) {

  LineageReference reference() {
    return new LineageReference(kind, nodeId);
  }

  LineageNode withSources(List<LineageReference> sources) {
    return new LineageNode(
        kind, nodeId, indexId, name, version, application, state, changedAt, sources);
  }
}
