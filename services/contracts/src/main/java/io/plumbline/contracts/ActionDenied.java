package io.plumbline.contracts;

import java.util.List;

/**
 * An authenticated attempt that was refused: role missing, own approval, or a gate. Published by
 * whichever service refused.
 */
@EventType("action.denied")
public record ActionDenied(
    String action, String subject, int status, String problem, List<String> reasons)
    implements Event {}
