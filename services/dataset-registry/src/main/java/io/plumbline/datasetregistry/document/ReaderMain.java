package io.plumbline.datasetregistry.document;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The process that reads files: strangers wrote them, and a file of a few bytes can ask for all
 * memory or for hours. It receives each file as a line, its type and its path with a tab between,
 * and answers it; it ends with its parent.
 */
public final class ReaderMain {

  private ReaderMain() {}

  public static void main(String[] args) throws IOException {
    // Libraries may print; what they print is no answer.
    System.setOut(System.err);
    try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        DataOutputStream replies = new DataOutputStream(new FileOutputStream(FileDescriptor.out))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int tab = line.indexOf('\t');
        reply(FileType.valueOf(line.substring(0, tab)), Path.of(line.substring(tab + 1)))
            .write(replies);
        replies.flush();
      }
    }
  }

  static ReaderReply reply(FileType type, Path file) {
    try {
      return ReaderReply.of(read(type, file));
    } catch (UnreadableFile unreadable) {
      return ReaderReply.of(unreadable);
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      return ReaderReply.of(
          new UnreadableFile(
              RowProblem.Code.SYNTAX,
              "is broken, or is not of the type " + type,
              "Open it with the program that wrote it and save it anew"));
    }
  }

  static ReadFile read(FileType type, Path file) throws IOException, UnreadableFile {
    return switch (type) {
      case TEXT -> TextFile.read(file);
      case MARKDOWN -> MarkdownFile.read(file);
      case HTML -> HtmlFile.read(file);
      case PDF -> PdfFile.read(file);
    };
  }
}
