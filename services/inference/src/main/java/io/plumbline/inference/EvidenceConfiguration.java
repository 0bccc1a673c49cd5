package io.plumbline.inference;

import io.plumbline.contracts.InferenceEvent.ConnectionVersioned;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
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

  @Bean
  static RecordedTable<VariantCreated> recordedVariants() {
    return Projection.of(VariantCreated.class, "variant")
        .columns("variant_digest", "application", "name", "prompt_digest", "model")
        .columns("model_digest", "connection_digest", "index_digest")
        .json("authors")
        .recordedHere("variant_digest");
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
        .columns("canary_percent", "requester")
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
}
