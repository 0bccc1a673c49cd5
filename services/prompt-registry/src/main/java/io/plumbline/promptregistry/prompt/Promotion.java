package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import java.util.UUID;

/** The result of moving a label to a version. */
public sealed interface Promotion {

  /** The label now points to the version. */
  record Moved(LabelView label) implements Promotion {}

  /** The label pointed to the version already. */
  record AlreadyThere(LabelView label) implements Promotion {}

  /** The label is protected: another person decides, and the approval is bound to the digest. */
  record AwaitingApproval(
      UUID labelMoveId, String label, int version, Digest digest, LabelMove.State state)
      implements Promotion {}
}
