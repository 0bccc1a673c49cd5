package io.plumbline.promptregistry.resolution;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.MessageListener;

/** Evicts resolved prompts that another replica has changed. */
final class PromptChangeListener implements MessageListener<byte[], byte[]> {

  private final ResolvedPromptCache prompts;

  PromptChangeListener(ResolvedPromptCache prompts) {
    this.prompts = prompts;
  }

  @Override
  public void onMessage(ConsumerRecord<byte[], byte[]> message) {
    Optional<String> workspace = headerText(message, "ce_workspace");
    Optional<String> prompt = headerText(message, "ce_subject");
    if (workspace.isPresent() && prompt.isPresent()) {
      prompts.evict(UUID.fromString(workspace.get()), prompt.get());
    }
  }

  private static Optional<String> headerText(ConsumerRecord<byte[], byte[]> message, String name) {
    return Optional.ofNullable(message.headers().lastHeader(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }
}
