package io.plumbline.items;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer is written: in a document, and closer to it by a section, a quote or both. It
 * does not name a chunk, so that it holds for every way to divide documents.
 *
 * @param documentId of the document
 * @param section the heading of the section; absent when any of the document will do
 * @param text a quote of the document; absent when any of the section will do
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"documentId", "section", "text"})
public record PassageReference(
    String documentId, @Nullable String section, @Nullable String text) {}
