package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.platform.digest.CanonicalJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A composition that is evaluated, approved, released and rolled back as one, and never changes.
 *
 * @param digest the digest of everything that decides an answer, and of the application
 * @param name the name for people; not part of the digest
 * @param model the name of the model, for people and prices
 * @param modelDigest the digest of the model's artifact, or of the connection and name of a
 *     provider's model, whose weights only the provider sees
 * @param connection the version of the connection that answers; absent unless a provider has the
 *     model
 * @param overflow the treatment of a call that does not fit into the model's context window
 * @param fallback the models that are called, in this order, when the one before failed for a
 *     reason other than the request
 * @param abstention the rule by which the variant abstains; absent where it always answers
 * @param authors the authors of the parts and of the variant, none of whom may approve it
 */
public record Variant(
    Digest digest,
    String application,
    String name,
    Digest prompt,
    String model,
    Digest modelDigest,
    @Nullable Digest connection,
    @Nullable Digest index,
    VariantParameters parameters,
    CallerPolicy callerPolicy,
    ContextOverflowPolicy overflow,
    List<PinnedModel> fallback,
    @Nullable Abstention abstention,
    List<String> authors,
    String createdBy,
    Instant createdAt) {

  /** The prefix of the digest of a variant that is called as a model. */
  public static final String MODEL_PREFIX = "variant/";

  /** The most fallbacks; each is one more wait for a caller whose request fails everywhere. */
  public static final int MAX_FALLBACKS = 3;

  private static final int DEFAULT_EXAMPLES = 16;
  private static final int DEFAULT_PASSAGES = 5;

  public Variant {
    fallback = List.copyOf(fallback);
  }

  static Digest digest(
      String application,
      Digest prompt,
      String model,
      Digest modelDigest,
      @Nullable Digest connection,
      @Nullable Digest index,
      VariantParameters parameters,
      CallerPolicy callerPolicy,
      ContextOverflowPolicy contextOverflowPolicy,
      List<PinnedModel> fallback,
      @Nullable Abstention abstention) {
    Map<String, Object> content = new TreeMap<>();
    content.put("application", application);
    content.put("prompt", prompt.hex());
    content.putAll(new PinnedModel(model, modelDigest, connection).digestContent());
    if (index != null) {
      content.put("index", index.hex());
    }
    content.put("parameters", parameters);
    if (!callerPolicy.equals(CallerPolicy.DEFAULT)) {
      content.put("callerPolicy", callerPolicy);
    }
    if (contextOverflowPolicy != ContextOverflowPolicy.REFUSE) {
      content.put("overflow", contextOverflowPolicy.name());
    }
    if (!fallback.isEmpty()) {
      content.put("fallback", fallback.stream().map(PinnedModel::digestContent).toList());
    }
    if (abstention != null) {
      content.put("abstention", abstention);
    }
    return CanonicalJson.digest(content);
  }

  /** Returns whether the parts are those of which the digest was computed. */
  boolean isIntact() {
    return digest.equals(digestWithIndex(index));
  }

  /** Returns the digest of the variant that has this one's parts over another index. */
  public Digest digestWithIndex(@Nullable Digest newIndex) {
    return digest(
        application,
        prompt,
        model,
        modelDigest,
        connection,
        newIndex,
        parameters,
        callerPolicy,
        overflow,
        fallback,
        abstention);
  }

  /** Returns the variant that has this one's parts over another index. */
  Variant withIndex(
      Digest newIndex, String newName, List<String> allAuthors, String creator, Instant now) {
    return new Variant(
        digestWithIndex(newIndex),
        application,
        newName,
        prompt,
        model,
        modelDigest,
        connection,
        newIndex,
        parameters,
        callerPolicy,
        overflow,
        fallback,
        abstention,
        allAuthors,
        creator,
        now);
  }

  /** Returns the model that is called first. */
  public PinnedModel mainModel() {
    return new PinnedModel(model, modelDigest, connection);
  }

  /** Returns all models that may answer, in the order in which they are called. */
  public List<PinnedModel> models() {
    return Stream.concat(Stream.of(mainModel()), fallback.stream()).toList();
  }

  /** Returns the connections of all models, in the order in which they are locked. */
  public SortedSet<Digest> connections() {
    SortedSet<Digest> connections = new TreeSet<>();
    for (PinnedModel each : models()) {
      Digest connection = each.connection();
      if (connection != null) {
        connections.add(connection);
      }
    }
    return connections;
  }

  /** Returns whether an index is searched for a call. */
  public boolean retrieves() {
    return index != null && retrievedExamples() > 0;
  }

  /** Returns how many rows of an index of examples are retrieved for a call. */
  int retrievedExamples() {
    return Objects.requireNonNullElse(parameters.retrievedExamples(), DEFAULT_EXAMPLES);
  }

  /** Returns how many passages of an index of documents are retrieved for a call. */
  int retrievedPassages() {
    return Objects.requireNonNullElse(parameters.retrievedPassages(), DEFAULT_PASSAGES);
  }
}
