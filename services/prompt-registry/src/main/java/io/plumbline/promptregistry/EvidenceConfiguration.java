package io.plumbline.promptregistry;

import io.plumbline.contracts.PromptRegistryEvent.LabelMoved;
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

  @Bean
  static RecordedTable<PromptVersionPublished> recordedVersions() {
    return Projection.of(PromptVersionPublished.class, "prompt_version")
        .columns("prompt", "version", "digest", "parent_digest", "author", "message")
        .columns("lint_reason")
        .recordedHere("prompt", "version")
        .rows(
            "SELECT v.*, p.name AS prompt FROM prompt_version v JOIN prompt p"
                + " ON p.workspace_id = v.workspace_id AND p.id = v.prompt_id");
  }

  @Bean
  static RecordedTable<LabelMoved> recordedLabels() {
    return Projection.of(LabelMoved.class, "label")
        .columns("prompt", "digest")
        .column("name", "label")
        .column("version", "to")
        .recordedHere("prompt", "name")
        .lastEventDecides()
        .rows(
            "SELECT l.*, p.name AS prompt FROM label l JOIN prompt p"
                + " ON p.workspace_id = l.workspace_id AND p.id = l.prompt_id");
  }

  @Bean
  static RecordedTable<PromptVersionPublished> recordedAuthors() {
    return Projection.of(PromptVersionPublished.class, "prompt_author")
        .columns("digest")
        .each("author", "authors")
        .recordedHere("digest", "author");
  }
}
