package io.plumbline.launcher.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a command line that is not valid in one line, with the nearest valid name. */
final class UsageErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("plumbline: " + message(failure, command));
    return ExitCode.USAGE;
  }

  private static String message(ParameterException failure, CommandLine command) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatchedMessage(unmatched, command);
    }
    return withoutPeriod(String.valueOf(failure.getMessage())) + "; " + helpHint(command);
  }

  private static String unmatchedMessage(UnmatchedArgumentException failure, CommandLine command) {
    String argument = failure.getUnmatched().getFirst();
    List<String> suggestions = failure.getSuggestions();
    String nearest =
        suggestions.isEmpty() ? "" : ", did you mean '" + suggestions.getFirst() + "'?";
    String end = nearest.isEmpty() ? "; " : " ";
    return unmatchedProblem(argument, command) + nearest + end + helpHint(command);
  }

  private static String unmatchedProblem(String argument, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    if (argument.startsWith("-")) {
      return name + " has no option '" + argument + "'";
    }
    if (command.getSubcommands().isEmpty()) {
      return name + " takes no argument '" + argument + "'";
    }
    return "there is no command '" + argument + "'";
  }

  private static String withoutPeriod(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static String helpHint(CommandLine command) {
    return command.getParent() == null
        ? "`./plumbline help` lists the commands."
        : "`" + command.getCommandSpec().qualifiedName() + " --help` shows its options.";
  }
}
