package io.plumbline.sample;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.PromptRegistryEvent;
import io.plumbline.contracts.StrategyEvent;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.gate.EvidenceQuestion;
import io.plumbline.platform.gate.GateEvidence;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.ProblemType;
import io.plumbline.platform.security.CallingServices;
import io.plumbline.platform.web.EntityTags;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The smallest service: just enough to test each mechanism of the platform against real servers.
 */
@SpringBootApplication
class SampleApplication {

  enum NoteProblem implements ProblemType {
    GATE;

    @Override
    public Kind kind() {
      return new Kind("gate", HttpStatus.CONFLICT, "The gate refuses", true);
    }
  }

  record CreateNote(@NotBlank String name) {}

  record NoteView(String name, long version) {}

  @Service
  static class Notes {
    private final JdbcClient sql;
    private final Outbox outbox;
    private final JobQueue jobs;

    Notes(JdbcClient sql, Outbox outbox, JobQueue jobs) {
      this.sql = sql;
      this.outbox = outbox;
      this.jobs = jobs;
    }

    @Transactional
    public NoteView create(String name) {
      sql.sql("INSERT INTO note VALUES (?, ?, 1)")
          .params(Caller.current().workspace(), name)
          .update();
      record(name, 1);
      return new NoteView(name, 1);
    }

    /** Creates a note and records an event with the given text. */
    @Transactional
    public NoteView create(String name, String text) {
      sql.sql("INSERT INTO note VALUES (?, ?, 1)")
          .params(Caller.current().workspace(), name)
          .update();
      record(name, 1, text);
      return new NoteView(name, 1);
    }

    @Transactional
    public UUID overdo() {
      return jobs.enqueue("overdoing", Map.of(), 0);
    }

    @Transactional
    public NoteView silently(String name) {
      sql.sql("INSERT INTO note VALUES (?, ?, 1)")
          .params(Caller.current().workspace(), name)
          .update();
      return new NoteView(name, 1);
    }

    @Transactional
    public NoteView raise(String name, IfMatch ifMatch) {
      NoteView note = find(name);
      ifMatch.require(note.version());
      sql.sql("UPDATE note SET version = version + 1 WHERE name = ?").params(name).update();
      record(name, note.version() + 1);
      return new NoteView(name, note.version() + 1);
    }

    @Transactional(readOnly = true)
    public NoteView find(String name) {
      // The statement deliberately omits the workspace, which the policy must not.
      return sql.sql("SELECT name, version FROM note WHERE name = ?")
          .params(name)
          .query(NoteView.class)
          .optional()
          .orElseThrow(Problem::notFound);
    }

    @Transactional(readOnly = true)
    public Page<NoteView> list(PageRequest page) {
      List<NoteView> rows =
          sql.sql("SELECT name, version FROM note WHERE name > ? ORDER BY name LIMIT ?")
              .params(page.afterName(), page.fetchSize())
              .query(NoteView.class)
              .list();
      long count = Page.countRows(sql, "note");
      return Page.of(rows, page, row -> List.of(row.name()), count);
    }

    @Transactional
    public UUID work(String name) {
      return jobs.enqueue("sample", Map.of("name", name), 0);
    }

    @Transactional
    public UUID stumble() {
      return jobs.enqueue("stumbling", Map.of(), 0);
    }

    private void record(String name, long version) {
      record(name, version, "test");
    }

    private void record(String name, long version, String text) {
      outbox.append(
          new PromptRegistryEvent.PromptVersionPublished(
              name, (int) version, Digest.ofText(name), null, Caller.current().actor(), text),
          name,
          version);
    }
  }

  @RestController
  @RequestMapping("/api/notes")
  static class NoteController {
    private final Notes notes;
    private final GateEvidence evidence;
    private final Listener listener;

    NoteController(Notes notes, GateEvidence evidence, Listener listener) {
      this.notes = notes;
      this.evidence = evidence;
      this.listener = listener;
    }

    @Operation(summary = "Create a note")
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    @Idempotent
    @PreAuthorize("hasRole('PROMPT_ENGINEER')")
    public ResponseEntity<NoteView> createNote(@Valid @RequestBody CreateNote note) {
      if (note.name().equals(Listener.HELD_UP)) {
        try {
          evidence.requireComplete(() ->
              EvidenceQuestion.dependingOn(
                  StrategyEvent.ApplicationRegistered.class, each -> true));
        } finally {
          listener.asked.countDown();
        }
      }
      NoteView created = notes.create(note.name());
      return ResponseEntity.created(URI.create("/api/notes/" + created.name()))
          .eTag(EntityTags.etag(created.version()))
          .body(created);
    }

    @Operation(summary = "Raise the version of a note")
    @PutMapping("/{name}")
    @PreAuthorize("hasRole('PROMPT_ENGINEER')")
    public NoteView raiseNote(@PathVariable String name, IfMatch ifMatch) {
      return notes.raise(name, ifMatch);
    }

    @Operation(summary = "Get a note")
    @GetMapping("/{name}")
    @PreAuthorize("hasRole('VIEWER')")
    @CallingServices("inference")
    public NoteView getNote(@PathVariable String name) {
      return notes.find(name);
    }

    @Operation(summary = "List notes, by name")
    @GetMapping
    @PreAuthorize("hasRole('VIEWER')")
    public Page<NoteView> listNotes(PageRequest page) {
      return notes.list(page);
    }

    /** Breaks a house rule: the handler changes something and appends no event. */
    @Operation(summary = "Create a note without an event")
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(
        responseCode = "200",
        description = "The note existed already",
        useReturnTypeSchema = true)
    @PostMapping("/silent")
    @Idempotent
    @PreAuthorize("hasRole('PROMPT_ENGINEER')")
    public ResponseEntity<NoteView> createSilentNote(@Valid @RequestBody CreateNote note) {
      return ResponseEntity.ok(notes.silently(note.name()));
    }

    @Operation(summary = "Check a gate that refuses")
    @PostMapping("/gate")
    @PreAuthorize("hasRole('PROMPT_ENGINEER')")
    public NoteView checkGate() {
      throw new Problem(NoteProblem.GATE, "Bring the evidence.").missing(List.of("baseline"));
    }

    @Operation(summary = "Test an unexpected failure")
    @PostMapping("/fail")
    @PreAuthorize("hasRole('PROMPT_ENGINEER')")
    public NoteView testFailure() {
      throw new IllegalStateException("secret inside");
    }
  }

  /** A listener that remembers what it received, and fails on demand. */
  @Component
  static class Listener {
    /** The application whose event is under way until a gate has asked about it. */
    static final String HELD_UP = "held-up";

    final CountDownLatch asked = new CountDownLatch(1);
    final List<String> received = Collections.synchronizedList(new ArrayList<>());
    volatile String failOn = "";

    @OnEvent
    public void on(StrategyEvent.ApplicationRegistered event, EventMetadata metadata)
        throws InterruptedException {
      if (event.application().equals(HELD_UP) && !asked.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("no gate asked");
      }
      if (event.application().equals(failOn)) {
        throw new AssertionError("cannot take " + failOn);
      }
      received.add(metadata.subject() + ":" + metadata.aggregateVersion());
    }
  }

  /** A job that ends in an error, not an exception. */
  @Component
  static class Stumbler implements JobHandler {
    final Set<UUID> givenUp = ConcurrentHashMap.newKeySet();

    @Override
    public String kind() {
      return "stumbling";
    }

    @Override
    public void run(JobContext job) {
      throw new StackOverflowError("too deep");
    }

    @Override
    public void recordGivenUp(JobContext job, String reason) {
      givenUp.add(job.id());
    }
  }

  /** A job that would publish an event larger than the limit. */
  @Component
  static class Overdoer implements JobHandler {
    final AtomicInteger runs = new AtomicInteger();
    private final Notes notes;

    Overdoer(Notes notes) {
      this.notes = notes;
    }

    @Override
    public String kind() {
      return "overdoing";
    }

    @Override
    public void run(JobContext job) {
      runs.incrementAndGet();
      job.runUnderLease(() -> notes.create("overdone", "x".repeat(2 << 20)));
    }
  }

  /** A job that blocks until the test releases it. */
  @Component
  static class Worker implements JobHandler {
    final AtomicInteger runs = new AtomicInteger();
    final CountDownLatch go = new CountDownLatch(1);

    @Override
    public String kind() {
      return "sample";
    }

    @Override
    public void run(JobContext job) throws InterruptedException {
      runs.incrementAndGet();
      job.reportProgress(0.5, "half way");
      go.await();
    }
  }
}
