package io.plumbline.datasetregistry.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.datasetregistry.projection.LineageKind;
import io.plumbline.datasetregistry.projection.LineageReference;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was made of data, or of what was.
 *
 * @param nodeId its digest; of a training job or a release its own id
 * @param indexId of an index; two of one recipe share their digest
 * @param name of a training job its base model, of a release its environment
 * @param version of a model, prompt or suite
 * @param application absent for what is of none
 * @param state of a training job or a release
 * @param changedAt when it was made, or reached this state
 * @param madeOf what the answer names of that which it was made of; a subset as {@code
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

  LineageNode madeOf(List<LineageReference> sources) {
    return new LineageNode(
        kind, nodeId, indexId, name, version, application, state, changedAt, sources);
  }
}
