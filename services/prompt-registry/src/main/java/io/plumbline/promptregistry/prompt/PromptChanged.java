package io.plumbline.promptregistry.prompt;

import java.util.UUID;

/**
 * Inside this process: what a label of the prompt names may have changed, once the transaction
 * commits.
 */
public record PromptChanged(UUID workspace, String prompt) {}
