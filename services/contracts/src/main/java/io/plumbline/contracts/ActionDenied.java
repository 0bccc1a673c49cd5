package io.plumbline.contracts;

import java.util.List;

/**
 * An authenticated attempt that was refused: role missing, own approval, or a gate. Published by
 * whichever service refused.
 *
 * @param count how many attempts it stands for: more than one for what the same caller tried again
 *     and again within a minute, {@code subject} and {@code reasons} are then those of the last
 */
@EventType("action.denied")
public record ActionDenied(
    String action, String subject, int status, String problem, List<String> reasons, int count)
    implements Event {

  /** One attempt. */
  public ActionDenied(
      String action, String subject, int status, String problem, List<String> reasons) {
    this(action, subject, status, problem, reasons, 1);
  }

  /** The same, standing for that many attempts. */
  public ActionDenied times(int attempts) {
    return new ActionDenied(action, subject, status, problem, reasons, attempts);
  }
}
