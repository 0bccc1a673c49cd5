package io.plumbline.contracts.state;

/** A state of the recording of what administrators change at the identity provider. */
public enum IdentityRecording {
  /** Each change becomes an entry. */
  RECORDED,
  /** The identity provider stores no changes, or none can be read from it. */
  OFF,
  /**
   * Changes that had been read are gone from the identity provider, and others may be with them.
   */
  GAP
}
