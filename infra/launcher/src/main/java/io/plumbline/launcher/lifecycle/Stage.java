package io.plumbline.launcher.lifecycle;

import java.util.Locale;

/** The stages of a component on its way up. */
enum Stage {
  WAITING,
  PREPARING,
  STARTING,
  READY,
  FAILED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
