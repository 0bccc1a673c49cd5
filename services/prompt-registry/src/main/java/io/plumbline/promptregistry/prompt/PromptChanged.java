package io.plumbline.promptregistry.prompt;

import java.util.UUID;

/**
 * An event inside this process: a label of the prompt may point to another version, once the
 * transaction commits.
 */
public record PromptChanged(UUID workspace, String prompt) {}
