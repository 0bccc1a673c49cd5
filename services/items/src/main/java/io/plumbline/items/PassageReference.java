package io.plumbline.items;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * The place where an answer is written: in a document, and more closely in a section, at a quote or
 * both. It names no chunk, so that it holds however documents are divided.
 *
 * @param documentId the id of the document
 * @param section the heading of the section; absent when any place in the document will do
 * @param text a quote of the document; absent when any place in the section will do
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"documentId", "section", "text"})
public record PassageReference(
    String documentId, @Nullable String section, @Nullable String text) {}
