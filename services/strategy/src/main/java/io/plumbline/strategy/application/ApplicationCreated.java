package io.plumbline.strategy.application;

/** Published inside this process and transaction when an application was registered. */
public record ApplicationCreated(String application) {}
