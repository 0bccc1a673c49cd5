package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import java.util.UUID;

/** The result of moving a label to a version. */
public sealed interface Promotion {

  /** A move that was made: the label now points to the version. */
  record Moved(LabelView label) implements Promotion {}

  /** A move that was not needed: the label pointed to the version already. */
  record AlreadyThere(LabelView label) implements Promotion {}

  /** A move of a protected label, which another person must approve for this digest. */
  record AwaitingApproval(
      UUID labelMoveId, String label, int version, Digest digest, LabelMove.State state)
      implements Promotion {}
}
