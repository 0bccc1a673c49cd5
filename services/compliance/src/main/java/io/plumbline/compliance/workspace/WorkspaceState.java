package io.plumbline.compliance.workspace;

/** The state of a workspace. An archived one stays readable and never changes again. */
enum WorkspaceState {
  ACTIVE,
  ARCHIVED
}
