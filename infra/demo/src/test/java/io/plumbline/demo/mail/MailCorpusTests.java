package io.plumbline.demo.mail;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.mail.MailCorpus.Mail;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MailCorpusTests {

  @Test
  void a_mail_becomes_its_subject_and_plain_body() {
    assertThat(
            MailCorpus.text(
                "From: a@example.com\r\nSubject: Re: Fwd: Lunch?\r\n\r\n<p>See\tyou</p>\r\nat ten"))
        .isEqualTo("Lunch?\nSee you at ten");
  }

  @Test
  void a_long_mail_is_cut_between_characters() {
    String text = MailCorpus.text("Subject: long\n\n" + "😀".repeat(3_000));
    assertThat(text.codePointCount(0, text.length())).isEqualTo(2_000);
    assertThat(text).endsWith("😀");
  }

  @Test
  void the_upload_is_a_json_object_per_line() {
    byte[] lines =
        MailCorpus.jsonLines(List.of(new Mail("say \"hi\"", "personal"), new Mail("b", "spam")));
    assertThat(new String(lines, StandardCharsets.UTF_8).lines())
        .containsExactlyInAnyOrder(
            "{\"text\":\"say \\\"hi\\\"\",\"label\":\"personal\"}",
            "{\"text\":\"b\",\"label\":\"spam\"}");
  }

  @Test
  void the_runs_of_the_demo_share_no_mail_and_leave_none_out() {
    List<Mail> mails =
        IntStream.range(0, 300)
            .mapToObj(i -> new Mail((i % 2 == 0 ? "Mail on " : "MAIL ON ") + topic(i / 2), "spam"))
            .toList();

    List<List<Mail>> parts =
        IntStream.rangeClosed(1, MailCorpus.PARTS)
            .mapToObj(run -> MailCorpus.part(mails, run))
            .toList();

    assertThat(parts.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(mails);
    assertThat(parts.stream().flatMap(part -> part.stream().map(MailCorpusTests::lower).distinct()))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_mail_with_another_number_in_it_is_in_no_later_run() {
    List<Mail> mails =
        IntStream.range(0, 300)
            .mapToObj(i -> new Mail("Mail on " + topic(i / 10) + ", number " + i, "spam"))
            .toList();

    List<List<String>> topics =
        IntStream.rangeClosed(1, MailCorpus.PARTS)
            .mapToObj(run -> MailCorpus.part(mails, run).stream().map(Mail::text).toList())
            .map(texts ->
                texts.stream()
                    .map(text -> text.substring(0, text.indexOf(',')))
                    .distinct()
                    .toList())
            .toList();

    assertThat(topics.stream().flatMap(List::stream)).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void a_mail_that_quotes_one_of_an_earlier_run_is_in_no_later_run() {
    List<Mail> mails =
        IntStream.range(0, 200)
            .mapToObj(i -> {
              String question =
                  IntStream.range(0, 12)
                      .mapToObj(word -> topic(i / 2) + word)
                      .collect(joining(" "));
              return new Mail(
                  i % 2 == 0 ? question : "Yes: " + question + ", said she", "personal");
            })
            .toList();

    Stream<String> threads =
        IntStream.rangeClosed(1, MailCorpus.PARTS)
            .mapToObj(run ->
                MailCorpus.part(mails, run).stream()
                    .map(mail -> mail.text().replace("Yes: ", "").substring(0, 3))
                    .distinct())
            .flatMap(each -> each);

    assertThat(threads).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void a_mail_that_a_longer_one_quotes_is_left_out() {
    Mail question =
        new Mail("Does anybody know how to build the kernel with this driver?", "personal");
    Mail reply =
        new Mail("Yes, I do. " + question.text() + " You want the patch of May.", "personal");
    Mail other = new Mail("The newsletter of this week has news of all kinds", "newsletter");

    assertThat(MailCorpus.withoutQuoted(List.of(question, reply, other)))
        .containsExactly(reply, other);
  }

  private static String topic(int number) {
    return ("" + (char) ('a' + number % 26) + (char) ('a' + number / 26)).repeat(3);
  }

  private static String lower(Mail mail) {
    return mail.text().toLowerCase(Locale.ROOT);
  }
}
