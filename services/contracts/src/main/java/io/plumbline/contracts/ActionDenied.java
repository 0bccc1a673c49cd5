package io.plumbline.contracts;

import java.util.List;

/**
 * An attempt of an authenticated caller that was refused: a role was missing, the caller tried to
 * approve their own request, or a gate was closed. The service that refused the attempt publishes
 * it.
 *
 * @param count the number of attempts that the event stands for. It is more than 1 when the same
 *     caller repeated the attempt within a minute; {@code subject} and {@code reasons} are then
 *     those of the last attempt
 */
@EventType("action.denied")
public record ActionDenied(
    String action, String subject, int status, String problem, List<String> reasons, int count)
    implements Event {

  /** Creates the event for a single attempt. */
  public ActionDenied(
      String action, String subject, int status, String problem, List<String> reasons) {
    this(action, subject, status, problem, reasons, 1);
  }

  /** Returns a copy of this event that stands for the given number of attempts. */
  public ActionDenied withAttempts(int attempts) {
    return new ActionDenied(action, subject, status, problem, reasons, attempts);
  }
}
