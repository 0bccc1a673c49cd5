package io.plumbline.sensitivedata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Groups that were read ahead are those that are read from each group anew. */
class DigitGroupsTests {

  private static final String SEPARATORS = "[ ./()\u00a0-]{1,3}";
  private static final Pattern FIRST = Pattern.compile("(?<![0-9])[0-9]{1,15}(?![0-9])");
  private static final Pattern NEXT = Pattern.compile(SEPARATORS + "([0-9]{1,15})(?![0-9])");

  private final Random random = new Random(3);

  @Test
  void groups_that_were_read_ahead_are_those_read_anew() {
    for (String alphabet :
        List.of("12 ", "0123456789 -", "012 -./()\u00a0+", "1 ", "1234567 a  ")) {
      for (int size : new int[] {20, 300, 5_000}) {
        String text = text(alphabet, size);
        assertThat(readAhead(text)).as(text).isEqualTo(readAnew(text));
      }
    }
  }

  private String text(String alphabet, int size) {
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static List<String> readAhead(String text) {
    DigitGroups groups = new DigitGroups();
    ScannedText scannedText = new ScannedText(text);
    List<String> read = new ArrayList<>();
    for (Matcher first = FIRST.matcher(text); first.find(); ) {
      groups.moveTo(scannedText, first.start());
      List<Integer> ends = new ArrayList<>();
      int count = 0;
      for (int i = 0; i < Math.min(DigitGroups.MAX_GROUPS, groups.size()); i++) {
        ends.add(groups.end(i));
        count = groups.digitsUpTo(i) > DigitGroups.MAX_DIGITS ? count : groups.digitsUpTo(i);
      }
      read.add(ends + " " + DigitGroups.text(groups.number(count), 0, count));
    }
    return read;
  }

  private static List<String> readAnew(String text) {
    List<String> read = new ArrayList<>();
    for (Matcher first = FIRST.matcher(text); first.find(); ) {
      List<Integer> ends = new ArrayList<>(List.of(first.end()));
      StringBuilder number = new StringBuilder(first.group());
      boolean whole = true;
      Matcher next = NEXT.matcher(text).region(first.end(), text.length());
      next.useTransparentBounds(true);
      while (ends.size() < DigitGroups.MAX_GROUPS && next.lookingAt()) {
        ends.add(next.end());
        whole &= number.length() + next.group(1).length() <= DigitGroups.MAX_DIGITS;
        number.append(whole ? next.group(1) : "");
        next.region(next.end(), text.length());
      }
      read.add(ends + " " + number);
    }
    return read;
  }
}
