package io.plumbline.training.job;

import io.plumbline.contracts.state.JobState;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.EntityTags;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.training.feed.JobFeed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping("/api/training-jobs")
class TrainingJobController {

  /**
   * A request to cancel a job.
   *
   * @param reason the reason, which is shown with the job and kept in its history
   */
  record Reason(
      @NotBlank(message = "must give the reason")
          @Size(max = 500, message = "must have at most 500 characters")
          String reason) {}

  private final TrainingQueue queue;
  private final JobReads reads;
  private final JobFeed feed;
  private final TrainingEvidence evidence;

  TrainingJobController(
      TrainingQueue queue, JobReads reads, JobFeed feed, TrainingEvidence evidence) {
    this.queue = queue;
    this.reads = reads;
    this.feed = feed;
    this.evidence = evidence;
  }

  @Operation(
      summary =
          "Create a training job; refused while the application's fine-tuning phase is locked")
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Idempotent
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<TrainingJobView> createTrainingJob(
      @Valid @RequestBody CreateTrainingJob request) {
    TrainingRequest requested = request.toRequest();
    evidence.requireComplete(requested.spec());
    TrainingJob job = queue.submit(requested);
    return ResponseEntity.accepted()
        .location(URI.create("/api/training-jobs/" + job.id()))
        .eTag(EntityTags.etag(job.revision()))
        .body(view(job.id()));
  }

  @Operation(summary = "List training jobs, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<JobReads.TrainingJobSummary> listTrainingJobs(
      @RequestParam(required = false) @Nullable String application,
      @RequestParam(required = false) @Nullable JobState state,
      @RequestParam(required = false) @Nullable UUID sweepId,
      PageRequest page) {
    return reads.list(new JobReads.Filter(application, state, sweepId), page);
  }

  @Operation(summary = "Get a training job with its loss curves, spend, result and suggestions")
  @GetMapping("/{jobId}")
  @PreAuthorize("hasRole('VIEWER')")
  public ResponseEntity<TrainingJobView> getTrainingJob(@PathVariable UUID jobId) {
    JobReads.Details details = reads.find(jobId).orElseThrow(Problem::notFound);
    return ResponseEntity.ok()
        .eTag(EntityTags.etag(details.job().revision()))
        .body(TrainingJobView.from(details));
  }

  @Operation(
      summary =
          "Stream a training job's events (SSE); with Last-Event-ID the stream continues after that"
              + " number, without gap or duplicate")
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema =
                  @Schema(type = "object", description = "the JSON in the data of each event")))
  @GetMapping(path = "/{jobId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @PreAuthorize("hasRole('VIEWER')")
  public SseEmitter streamTrainingJobEvents(
      @PathVariable UUID jobId,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    return feed.follow(jobId, lastEventId);
  }

  @Operation(summary = "Pause a training job; it continues from its last checkpoint when resumed")
  @PostMapping("/{jobId}/pause")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public TrainingJobView pauseTrainingJob(@PathVariable UUID jobId) {
    return view(queue.pause(jobId).id());
  }

  @Operation(summary = "Resume a paused training job")
  @PostMapping("/{jobId}/resume")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public TrainingJobView resumeTrainingJob(@PathVariable UUID jobId) {
    return view(queue.resume(jobId).id());
  }

  @Operation(summary = "Cancel a training job that has not ended")
  @PostMapping("/{jobId}/cancel")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public TrainingJobView cancelTrainingJob(
      @PathVariable UUID jobId, @Valid @RequestBody(required = false) @Nullable Reason reason) {
    return view(
        queue.cancel(jobId, reason == null ? "Cancelled on request" : reason.reason()).id());
  }

  private TrainingJobView view(UUID id) {
    return TrainingJobView.from(reads.find(id).orElseThrow(Problem::notFound));
  }
}
