package io.plumbline.items;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import tools.jackson.databind.node.ObjectNode;

/** A call of a tool with its arguments. */
@JsonPropertyOrder({"name", "arguments"})
public record ToolCall(String name, ObjectNode arguments) {}
