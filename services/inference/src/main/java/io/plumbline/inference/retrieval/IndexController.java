package io.plumbline.inference.retrieval;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.projection.SplitEvidence;
import io.plumbline.inference.retrieval.PassageIndex.Selection;
import io.plumbline.inference.retrieval.chunk.Chunking;
import io.plumbline.items.Document;
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
import java.util.List;
import java.util.Objects;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/indexes")
class IndexController {

  private static final int DEFAULT_MAX_TOKENS = 128;
  private static final int MAX_QUERY = 2_000;

  /**
   * A request to divide documents into passages.
   *
   * @param maxTokens the tokens of a passage with its title and headings; 256 when absent
   * @param overlapTokens the tokens that a passage repeats from the end of the passage before it in
   *     the same section, at most half of maxTokens; 32 when absent
   */
  record CreateChunking(
      @Min(Chunking.MIN_TOKENS) @Max(Chunking.MAX_TOKENS) @Nullable Integer maxTokens,
      @Min(0) @Max(Chunking.MAX_TOKENS / 2) @Nullable Integer overlapTokens) {

    private static final CreateChunking DEFAULT = new CreateChunking(null, null);

    Chunking toChunking() {
      int max = Objects.requireNonNullElse(maxTokens, Chunking.DEFAULT.maxTokens());
      int overlap = Objects.requireNonNullElse(overlapTokens, Chunking.DEFAULT.overlapTokens());
      if (overlap > max / 2) {
        throw Problem.invalid(
            "/chunking/overlapTokens", "must be at most half of maxTokens, which is " + max);
      }
      return new Chunking(max, overlap);
    }
  }

  /**
   * A request to create an index.
   *
   * @param subset {@code train} for examples, {@code documents} for passages
   * @param encoder {@code local/bge-small-en-v1.5} or {@code local/all-minilm-l6-v2}, with or
   *     without {@code local/}; or {@code <provider>/<model>} of a connected provider
   * @param maxTokens how many tokens of each example are embedded; 128 when absent. It must be
   *     absent for documents
   * @param chunking how documents are divided into passages; must be absent for examples
   */
  record CreateIndex(
      @NotBlank @Size(max = 100) String name,
      @NotNull Digest splitDigest,
      @NotBlank @Size(max = 50) String subset,
      @NotBlank @Size(max = 200) String encoder,
      @Min(3) @Max(512) @Nullable Integer maxTokens,
      @Valid @Nullable CreateChunking chunking) {}

  /** The state of an index. Only a READY index can be searched. */
  enum IndexState {
    QUEUED,
    RUNNING,
    READY,
    FAILED,
    CANCELLED
  }

  /**
   * An index as the API shows it.
   *
   * @param maxTokens the number of tokens of each example or passage that are embedded
   * @param chunking how documents are divided; absent for examples
   * @param connectionDigest the digest of the connection by which the encoder is called; absent for
   *     an encoder of this installation
   * @param dimensions the number of dimensions of the vectors; absent before the first vector
   * @param embeddedTokens the tokens that the provider of the encoder has counted during the build
   * @param cost the cost of these tokens; absent where no price was known
   */
  record IndexView(
      UUID indexId,
      String name,
      IndexMode mode,
      IndexState state,
      double progress,
      String message,
      @Nullable String error,
      Digest splitDigest,
      String subset,
      String encoder,
      int maxTokens,
      @Nullable Chunking chunking,
      @Nullable Digest connectionDigest,
      @Nullable Integer dimensions,
      long embeddedTokens,
      @Nullable Money cost,
      @Nullable Digest indexDigest,
      @Nullable Long passages,
      UUID jobId,
      String createdBy,
      Instant createdAt) {}

  /**
   * A passage that a search found.
   *
   * @param lexicalRank its rank by words; absent for a passage that was found by meaning alone
   * @param vectorRank its rank by meaning; absent for a passage that was found by words alone
   */
  record FoundPassage(
      @JsonUnwrapped Passage passage, @Nullable Integer lexicalRank, @Nullable Integer vectorRank) {

    static FoundPassage from(PassageIndex.Found found) {
      return new FoundPassage(found.passage(), found.lexicalRank(), found.vectorRank());
    }
  }

  /**
   * A passage of an index.
   *
   * @param section its headings, outermost first
   * @param start the start of its text in the text of the document, in UTF-16 units
   * @param end the end of its text in the text of the document, in UTF-16 units
   */
  record IndexPassage(
      String passageId,
      String documentId,
      String title,
      String section,
      @Nullable String url,
      @Nullable Instant publishedAt,
      int start,
      int end,
      String text) {

    static IndexPassage from(Passage passage) {
      return new IndexPassage(
          passage.passageId(),
          passage.documentId(),
          passage.title(),
          passage.section(),
          passage.url(),
          passage.publishedAt(),
          passage.start(),
          passage.end(),
          passage.text());
    }
  }

  /** The passages that a search found, best first. */
  record FoundPassages(List<FoundPassage> passages) {}

  private final IndexCatalog indexes;
  private final PassageReads passages;
  private final JobQueue jobs;
  private final SplitEvidence evidence;

  IndexController(
      IndexCatalog indexes, PassageReads passages, JobQueue jobs, SplitEvidence evidence) {
    this.indexes = indexes;
    this.passages = passages;
    this.jobs = jobs;
    this.evidence = evidence;
  }

  @Operation(
      summary = "Create an index of the training rows of a split, or of documents",
      description =
          "Of the subset train the items are retrieved as examples, of the subset documents parts"
              + " of the documents as passages.")
  @PostMapping
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @Idempotent
  @ResponseStatus(HttpStatus.ACCEPTED)
  public ResponseEntity<IndexView> createIndex(@RequestBody @Valid CreateIndex command) {
    Chunking chunking = chunking(command);
    evidence.requireComplete(command.splitDigest);
    IndexVersion index =
        indexes.request(
            command.name,
            command.splitDigest,
            command.subset,
            command.encoder,
            maxTokens(command, chunking),
            chunking);
    return ResponseEntity.accepted()
        .location(URI.create("/api/indexes/" + index.id()))
        .body(view(index));
  }

  private static int maxTokens(CreateIndex command, @Nullable Chunking chunking) {
    if (chunking != null) {
      return chunking.maxTokens();
    }
    return Objects.requireNonNullElse(command.maxTokens, DEFAULT_MAX_TOKENS);
  }

  private static @Nullable Chunking chunking(CreateIndex command) {
    CreateChunking chunking = command.chunking;
    if (!command.subset.equals(IndexMode.PASSAGES.subset())) {
      if (chunking != null) {
        throw Problem.invalid(
            "/chunking", "must be absent unless the subset is documents: rows stay whole");
      }
      return null;
    }
    if (command.maxTokens != null) {
      throw Problem.invalid(
          "/maxTokens", "must be absent for documents: set chunking.maxTokens instead");
    }
    return Objects.requireNonNullElse(chunking, CreateChunking.DEFAULT).toChunking();
  }

  @Operation(
      summary = "List indexes, newest first",
      description = "By connectionDigest, those whose encoder is called by that connection.")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<IndexView> listIndexes(
      @RequestParam(required = false) @Nullable Digest connectionDigest, PageRequest page) {
    Page<IndexVersion> found = indexes.list(connectionDigest, page);
    return found.map(this::view);
  }

  @Operation(summary = "Get an index and its progress")
  @GetMapping("/{indexId}")
  @PreAuthorize("hasRole('VIEWER')")
  public IndexView getIndex(@PathVariable UUID indexId) {
    return indexes.get(indexId).map(this::view).orElseThrow(Problem::notFound);
  }

  @Operation(
      summary = "Cancel an index that is being built",
      description = "What its encoder's provider was paid for by then is not kept.")
  @PostMapping("/{indexId}/cancel")
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @ResponseStatus(HttpStatus.OK)
  public IndexView cancelIndex(@PathVariable UUID indexId) {
    return view(indexes.cancel(indexId));
  }

  @Operation(
      summary = "Search an index of passages; the read itself is recorded",
      description =
          "As a call of a variant would with this text as its last message: by words and by"
              + " meaning, before a variant with reranking orders what was found by its sentences.")
  @GetMapping("/{indexId}/search")
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER', 'COMPLIANCE_OFFICER')")
  public FoundPassages searchIndex(
      @PathVariable UUID indexId,
      @RequestParam @NotBlank @Size(max = MAX_QUERY) String query,
      @RequestParam(defaultValue = "5") @Min(1) @Max(Passage.MAX_PASSAGES) int count) {
    return new FoundPassages(
        passages.searchAndRecord(indexId, query, count).stream().map(FoundPassage::from).toList());
  }

  @Operation(
      summary =
          "List the passages of an index, those of a document or those with given ids; the read"
              + " itself is recorded",
      description =
          "In the order of the documents, and in these from start to end. The step of a trace that"
              + " retrieved names passages by their ids.")
  @GetMapping("/{indexId}/passages")
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER', 'COMPLIANCE_OFFICER')")
  public Page<IndexPassage> listIndexPassages(
      @PathVariable UUID indexId,
      @RequestParam(required = false) @Size(min = 1, max = Document.MAX_ID)
          @Nullable String documentId,
      @RequestParam(required = false) @Size(max = Passage.MAX_PASSAGES)
          @Nullable List<String> passageId,
      PageRequest page) {
    Selection selection =
        new Selection(documentId, passageId == null ? List.of() : List.copyOf(passageId));
    return passages.listAndRecord(indexId, selection, page).map(IndexPassage::from);
  }

  private IndexView view(IndexVersion index) {
    boolean built = index.digest() != null;
    String failure = index.failure();
    Optional<JobView> job = runningJob(index);
    return new IndexView(
        index.id(),
        index.name(),
        index.mode(),
        state(index, job),
        built ? 1 : job.map(JobView::progress).orElse(0.0),
        job.map(JobView::message).orElse(""),
        failure != null ? failure : job.map(JobView::error).orElse(null),
        index.split(),
        index.subset(),
        index.encoder().name(),
        index.maxTokens(),
        index.chunking(),
        index.encoder().connection(),
        index.dimensions(),
        index.tokens(),
        index.cost(),
        index.digest(),
        index.passages(),
        index.job(),
        index.createdBy(),
        index.createdAt());
  }

  private Optional<JobView> runningJob(IndexVersion index) {
    if (index.digest() != null || index.failure() != null) {
      return Optional.empty();
    }
    return jobs.find(index.job());
  }

  private static IndexState state(IndexVersion index, Optional<JobView> job) {
    if (index.digest() != null) {
      return IndexState.READY;
    }
    if (index.failure() == null) {
      return job.map(each -> stateByJob(each.state())).orElse(IndexState.FAILED);
    }
    return index.cancelled() ? IndexState.CANCELLED : IndexState.FAILED;
  }

  /**
   * Returns the state of an index that has no digest yet, by the state of the job that builds it. A
   * job that has succeeded means RUNNING: the job sets the digest when it succeeds, so the index
   * was read just before that.
   */
  private static IndexState stateByJob(JobView.State job) {
    return switch (job) {
      case QUEUED -> IndexState.QUEUED;
      case RUNNING, SUCCEEDED -> IndexState.RUNNING;
      case FAILED -> IndexState.FAILED;
      case CANCELLED -> IndexState.CANCELLED;
    };
  }
}
