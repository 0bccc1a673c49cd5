package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.job.JobView;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/indexes")
class IndexController {

  private static final int DEFAULT_MAX_TOKENS = 128;

  /**
   * @param encoder {@code local/bge-small-en-v1.5} or {@code local/all-minilm-l6-v2}, with or
   *     without {@code local/}
   * @param maxTokens how many tokens of each row are embedded; 128 when absent
   */
  record CreateIndex(
      @NotBlank @Size(max = 100) String name,
      @NotNull Digest splitDigest,
      @NotBlank @Size(max = 50) String subset,
      @NotBlank @Size(max = 100) String encoder,
      @Min(3) @Max(512) @Nullable Integer maxTokens) {}

  /** A READY index can be searched. */
  enum IndexState {
    QUEUED,
    RUNNING,
    READY,
    FAILED,
    CANCELLED
  }

  record IndexView(
      UUID indexId,
      String name,
      IndexState state,
      double progress,
      String message,
      @Nullable String error,
      Digest splitDigest,
      String subset,
      String encoder,
      int maxTokens,
      @Nullable Digest indexDigest,
      @Nullable Long passages,
      UUID jobId,
      String createdBy,
      Instant createdAt) {}

  private final IndexCatalog indexes;
  private final JobQueue jobs;

  IndexController(IndexCatalog indexes, JobQueue jobs) {
    this.indexes = indexes;
    this.jobs = jobs;
  }

  @Operation(summary = "Create an index of the training rows of a split")
  @PostMapping
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Idempotent
  @ResponseStatus(HttpStatus.ACCEPTED)
  public ResponseEntity<IndexView> createIndex(@RequestBody @Valid CreateIndex command) {
    EncoderModel encoder =
        EncoderModel.of(command.encoder.replaceFirst("^local/", ""))
            .orElseThrow(() ->
                Problem.invalid(
                    "/encoder", "must be an installed encoder: " + LocalModels.encoderNames()));
    int maxTokens = command.maxTokens == null ? DEFAULT_MAX_TOKENS : command.maxTokens;
    IndexVersion index =
        indexes.request(command.name, command.splitDigest, command.subset, encoder, maxTokens);
    return ResponseEntity.accepted()
        .location(URI.create("/api/indexes/" + index.id()))
        .body(view(index));
  }

  @Operation(summary = "List indexes, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<IndexView> listIndexes(PageRequest page) {
    Page<IndexVersion> found = indexes.list(page);
    return new Page<>(
        found.items().stream().map(this::view).toList(), found.nextPageToken(), found.total());
  }

  @Operation(summary = "Get an index and its progress")
  @GetMapping("/{indexId}")
  @PreAuthorize("hasRole('VIEWER')")
  public IndexView getIndex(@PathVariable UUID indexId) {
    return indexes.get(indexId).map(this::view).orElseThrow(Problem::notFound);
  }

  private IndexView view(IndexVersion index) {
    Optional<JobView> job = jobs.find(index.job());
    boolean built = index.digest() != null;
    String failure = index.failure();
    return new IndexView(
        index.id(),
        index.name(),
        built
            ? IndexState.READY
            : failure != null
                ? IndexState.FAILED
                : job.map(each -> stateOf(each.state())).orElse(IndexState.FAILED),
        built ? 1 : job.map(JobView::progress).orElse(0.0),
        job.map(JobView::message).orElse(""),
        failure != null ? failure : job.map(JobView::error).orElse(null),
        index.split(),
        index.subset(),
        "local/" + index.encoder().id(),
        index.maxTokens(),
        index.digest(),
        index.passages(),
        index.job(),
        index.createdBy(),
        index.createdAt());
  }

  /**
   * Of an index without a digest: a job that has succeeded sets one, so this index was read just
   * before.
   */
  private static IndexState stateOf(JobView.State job) {
    return switch (job) {
      case QUEUED -> IndexState.QUEUED;
      case RUNNING, SUCCEEDED -> IndexState.RUNNING;
      case FAILED -> IndexState.FAILED;
      case CANCELLED -> IndexState.CANCELLED;
    };
  }
}
