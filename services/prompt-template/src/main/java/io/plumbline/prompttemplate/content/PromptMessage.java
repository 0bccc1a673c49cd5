package io.plumbline.prompttemplate.content;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** An entry of a prompt's messages: a message of its author, or the place of the caller's. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION, defaultImpl = Message.class)
@JsonSubTypes({@JsonSubTypes.Type(Message.class), @JsonSubTypes.Type(Placeholder.class)})
public sealed interface PromptMessage permits Message, Placeholder {}
