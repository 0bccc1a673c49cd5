package io.plumbline.compliance.workspace;

/** Something that every workspace starts with, such as its first policies. */
public interface WorkspacePreset {

  /**
   * Adds to the caller's workspace what it does not have yet. It is called in a transaction when a
   * workspace is created, and for each workspace whenever the service starts.
   */
  void add();
}
