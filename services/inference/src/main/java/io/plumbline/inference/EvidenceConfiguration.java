package io.plumbline.inference;

import io.plumbline.contracts.InferenceEvent.ApiKeyCreated;
import io.plumbline.contracts.InferenceEvent.ApiKeyRevoked;
import io.plumbline.contracts.InferenceEvent.ConnectionVersioned;
import io.plumbline.contracts.InferenceEvent.IndexBuilt;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.event.Projection;
import io.plumbline.platform.event.RecordedTable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The tables that this service writes together with an event. The verification of the ledger
 * compares their rows with the events.
 */
@Configuration(proxyBeanMethods = false)
class EvidenceConfiguration {

  /** The query for what keys open, without what their secrets are verified by. */
  private static final String API_KEYS =
      "SELECT workspace_id, api_key_id, name, all_applications, applications, models, prompts,"
          + " names_users, expires_at, revocation_reason, revoked_at IS NOT NULL AS revoked"
          + " FROM api_key";

  /** The query for what is indexed. The same index may have been built more than once. */
  private static final String INDEXES =
      "SELECT DISTINCT workspace_id, index_digest, name, split_digest, passages FROM index_version"
          + " WHERE index_digest IS NOT NULL";

  @Bean
  static RecordedTable<VariantCreated> recordedVariants() {
    return Projection.of(VariantCreated.class, "variant")
        .columns("variant_digest", "application", "name", "prompt_digest", "model")
        .columns("model_digest", "connection_digest", "index_digest")
        .json("authors")
        .recordedHere("variant_digest");
  }

  @Bean
  static RecordedTable<IndexBuilt> recordedIndexes() {
    return Projection.of(IndexBuilt.class, "index_version")
        .columns("index_digest", "split_digest", "passages")
        .column("name", "index")
        .recordedHere("index_digest", "name")
        .rows(INDEXES);
  }

  @Bean
  static RecordedTable<ConnectionVersioned> recordedConnections() {
    return Projection.of(ConnectionVersioned.class, "connection")
        .columns("connection_digest", "provider", "kind", "created_by")
        .recordedHere("connection_digest");
  }

  @Bean
  static RecordedTable<ReleaseRequested> recordedReleases() {
    return Projection.of(ReleaseRequested.class, "release")
        .columns("release_id", "application", "environment", "variant_digest", "verdict_id")
        .columns("canary_percent", "canary_answers", "requester")
        .column("override_reason", "override")
        .recordedHere("release_id");
  }

  @Bean
  static RecordedTable<ReleaseRequested> requestedReleases() {
    return Projection.of(ReleaseRequested.class, "release")
        .columns("release_id")
        .constant("state", "REQUESTED")
        .recordedHere("release_id")
        .lastEventDecides();
  }

  @Bean
  static RecordedTable<ReleaseChanged> statesOfReleases() {
    return Projection.of(ReleaseChanged.class, "release")
        .columns("release_id", "state")
        .recordedHere("release_id")
        .lastEventDecides();
  }

  @Bean
  static RecordedTable<PromptVersionPublished> recordedPromptAuthors() {
    return Projection.of(PromptVersionPublished.class, "prompt_author_projection")
        .column("prompt_digest", "digest")
        .each("author", "authors")
        .recordedHere("prompt_digest", "author");
  }

  @Bean
  static RecordedTable<ApiKeyCreated> recordedApiKeys() {
    return Projection.of(ApiKeyCreated.class, "api_key")
        .columns("api_key_id", "name", "all_applications", "expires_at")
        .json("applications", "models")
        .column("prompts", "prompts", false)
        .column("names_users", "namesUsers", false)
        .recordedHere("api_key_id")
        .rows(API_KEYS);
  }

  @Bean
  static RecordedTable<ApiKeyCreated> recordedStatesOfApiKeys() {
    return Projection.of(ApiKeyCreated.class, "api_key")
        .columns("api_key_id")
        .constant("revoked", "false")
        .recordedHere("api_key_id")
        .lastEventDecides()
        .rows(API_KEYS);
  }

  @Bean
  static RecordedTable<ApiKeyRevoked> recordedRevocations() {
    return Projection.of(ApiKeyRevoked.class, "api_key")
        .columns("api_key_id")
        .column("revocation_reason", "reason")
        .constant("revoked", "true")
        .recordedHere("api_key_id")
        .lastEventDecides()
        .rows(API_KEYS);
  }
}
