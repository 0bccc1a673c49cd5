package io.plumbline.demo;

/**
 * One step of the loop: it does its part through the API, and fails when what it sees is not what
 * must be.
 */
public interface Step {

  String title();

  void take(Loop loop);
}
