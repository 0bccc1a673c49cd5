package io.plumbline.promptregistry.prompt;

import io.plumbline.contracts.Digest;
import java.util.UUID;

/** What came of asking that a label point to a version. */
public sealed interface Promotion {

  /** The label points there now. */
  record Moved(LabelView label) implements Promotion {}

  /** It did already. */
  record AlreadyThere(LabelView label) implements Promotion {}

  /** The label is protected: another person decides, and the approval is bound to the digest. */
  record AwaitingApproval(
      UUID moveId, String label, int version, Digest digest, LabelMove.State state)
      implements Promotion {}
}
