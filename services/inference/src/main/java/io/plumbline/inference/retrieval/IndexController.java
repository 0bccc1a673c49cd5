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
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/indexes")
class IndexController {

  private static final int DEFAULT_MAX_TOKENS = 128;

  /**
   * @param encoder {@code local/bge-small-en-v1.5} or {@code local/all-minilm-l6-v2}, with or
   *     without {@code local/}
   * @param maxTokens how much of each row is embedded; 128 when absent
   */
  record BuildIndex(
      @NotBlank @Size(max = 100) String name,
      @NotNull Digest splitDigest,
      @NotBlank @Size(max = 50) String part,
      @NotBlank @Size(max = 100) String encoder,
      @Min(3) @Max(512) @Nullable Integer maxTokens) {}

  /** Where an index stands; READY ones can be searched. */
  enum State {
    QUEUED,
    RUNNING,
    READY,
    FAILED,
    CANCELLED
  }

  record IndexView(
      UUID id,
      String name,
      State state,
      double progress,
      String message,
      @Nullable String error,
      Digest splitDigest,
      String part,
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

  @Operation(summary = "Build an index of the training rows of a split")
  @PostMapping
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Idempotent
  public ResponseEntity<IndexView> build(@RequestBody @Valid BuildIndex command) {
    EncoderModel encoder =
        EncoderModel.of(command.encoder.replaceFirst("^local/", ""))
            .orElseThrow(() ->
                Problem.invalid(
                    "/encoder", "is not installed; installed are " + LocalModels.encoderNames()));
    int maxTokens = command.maxTokens == null ? DEFAULT_MAX_TOKENS : command.maxTokens;
    IndexVersion index =
        indexes.request(command.name, command.splitDigest, command.part, encoder, maxTokens);
    return ResponseEntity.accepted()
        .location(URI.create("/api/indexes/" + index.id()))
        .body(view(index));
  }

  @Operation(summary = "List indexes, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<IndexView> list(PageRequest page) {
    Page<IndexVersion> found = indexes.list(page);
    return new Page<>(
        found.items().stream().map(this::view).toList(), found.nextPageToken(), found.total());
  }

  @Operation(summary = "Read an index and how far it is built")
  @GetMapping("/{id}")
  @PreAuthorize("hasRole('VIEWER')")
  public IndexView read(@PathVariable UUID id) {
    return indexes.read(id).map(this::view).orElseThrow(Problem::notFound);
  }

  private IndexView view(IndexVersion index) {
    Optional<JobView> job = jobs.find(index.job());
    boolean built = index.digest() != null;
    String failure = index.failure();
    return new IndexView(
        index.id(),
        index.name(),
        built
            ? State.READY
            : failure != null
                ? State.FAILED
                : job.map(each -> stateOf(each.state())).orElse(State.FAILED),
        built ? 1 : job.map(JobView::progress).orElse(0.0),
        job.map(JobView::message).orElse(""),
        failure != null ? failure : job.map(JobView::error).orElse(null),
        index.split(),
        index.part(),
        "local/" + index.encoder().id(),
        index.maxTokens(),
        index.digest(),
        index.passages(),
        index.job(),
        index.createdBy(),
        index.createdAt());
  }

  /**
   * Of an index without a digest: a job that succeeded left one, so that one found without was read
   * just before.
   */
  private static State stateOf(JobView.State job) {
    return switch (job) {
      case QUEUED -> State.QUEUED;
      case RUNNING, SUCCEEDED -> State.RUNNING;
      case FAILED -> State.FAILED;
      case CANCELLED -> State.CANCELLED;
    };
  }
}
