package io.plumbline.datasetregistry.lineage;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The API of lineage. Its answers contain no rows, so every viewer may read them. */
@RestController
class LineageController {

  private final LineageGraph graph;
  private final VersionLineage versions;

  LineageController(LineageGraph graph, VersionLineage versions) {
    this.graph = graph;
    this.versions = versions;
  }

  @GetMapping("/api/lineage/{nodeId}")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary =
          "Get what a variant, model version, prompt version, index, suite, training job or release"
              + " was made of, down to the subsets of dataset versions",
      description =
          "Named by its digest, which for a variant a trace and the answer's header"
              + " x-plumbline-variant have; a training job or a release by its id.")
  public Upstream getLineage(@PathVariable String nodeId) {
    return graph.upstream(nodeId);
  }

  @GetMapping("/api/datasets/{name}/versions/{number}/lineage")
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary =
          "Get what was made of the latest 100 splits of a dataset version, from indexes, trainings"
              + " and suites to releases")
  public Downstream getDatasetVersionLineage(@PathVariable String name, @PathVariable int number) {
    return versions.downstreamOf(name, number);
  }
}
