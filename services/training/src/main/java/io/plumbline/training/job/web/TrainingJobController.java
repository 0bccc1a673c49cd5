package io.plumbline.training.job.web;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.platform.web.Versioned;
import io.plumbline.training.job.JobReads;
import io.plumbline.training.job.JobState;
import io.plumbline.training.job.TrainingJob;
import io.plumbline.training.job.TrainingQueue;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping("/api/training-jobs")
class TrainingJobController {

  /**
   * @param reason shown with the job and kept with its history
   */
  record Reason(
      @NotBlank(message = "must say why")
          @Size(max = 500, message = "must have at most 500 characters")
          String reason) {}

  private final TrainingQueue queue;
  private final JobReads reads;
  private final JobFeed feed;

  TrainingJobController(TrainingQueue queue, JobReads reads, JobFeed feed) {
    this.queue = queue;
    this.reads = reads;
    this.feed = feed;
  }

  @Operation(
      summary =
          "Queue a fine-tuning job; refused while the application's fine-tuning phase is locked")
  @PostMapping
  @Idempotent
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<TrainingJobView> create(@Valid @RequestBody CreateTrainingJob request) {
    TrainingJob job = queue.submit(request.toRequest());
    return ResponseEntity.accepted()
        .location(URI.create("/api/training-jobs/" + job.id()))
        .eTag(Versioned.etag(job.revision()))
        .body(view(job.id()));
  }

  @Operation(summary = "List jobs, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<JobReads.Line> list(
      @RequestParam(required = false) @Nullable String application,
      @RequestParam(required = false) @Nullable JobState state,
      @RequestParam(required = false) @Nullable UUID sweepId,
      PageRequest page) {
    return reads.list(new JobReads.Filter(application, state, sweepId), page);
  }

  @Operation(summary = "A job with its loss curves, spend, result and suggestions")
  @GetMapping("/{id}")
  @PreAuthorize("hasRole('VIEWER')")
  public ResponseEntity<TrainingJobView> get(@PathVariable UUID id) {
    JobReads.Details details = reads.find(id).orElseThrow(Problem::notFound);
    return ResponseEntity.ok()
        .eTag(Versioned.etag(details.job().revision()))
        .body(TrainingJobView.from(details));
  }

  @Operation(
      summary =
          "Follow a job as server-sent events; Last-Event-ID goes on after that number, without gap"
              + " or duplicate")
  @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @PreAuthorize("hasRole('VIEWER')")
  public SseEmitter events(
      @PathVariable UUID id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    return feed.follow(id, lastEventId);
  }

  @Operation(
      summary = "Pause a job; its checkpoints stay and it goes on from the last one when resumed")
  @PostMapping("/{id}/pause")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public TrainingJobView pause(@PathVariable UUID id) {
    return view(queue.pause(id).id());
  }

  @Operation(summary = "Resume a paused job")
  @PostMapping("/{id}/resume")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public TrainingJobView resume(@PathVariable UUID id) {
    return view(queue.resume(id).id());
  }

  @Operation(summary = "Cancel a job that has not ended")
  @PostMapping("/{id}/cancel")
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public TrainingJobView cancel(
      @PathVariable UUID id, @Valid @RequestBody(required = false) @Nullable Reason reason) {
    return view(queue.cancel(id, reason == null ? "Cancelled by a person" : reason.reason()).id());
  }

  private TrainingJobView view(UUID id) {
    return TrainingJobView.from(reads.find(id).orElseThrow(Problem::notFound));
  }
}
