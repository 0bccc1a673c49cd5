package io.plumbline.inference.variant;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of a variant after its caller policy was applied.
 *
 * @param body the call, with only the fields that have an effect
 * @param ignored the names of the fields that were overridden
 * @param repeatable whether the same body gets the same answer every time, so that it can be cached
 */
public record GovernedCall(ObjectNode body, List<String> ignored, boolean repeatable) {}
