package io.plumbline.strategy.application;

/** An event inside this process and transaction: an application was registered. */
public record ApplicationCreated(String application) {}
