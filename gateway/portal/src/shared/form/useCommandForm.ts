import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  useForm,
  useWatch,
  type Control,
  type DefaultValues,
  type FieldPath,
  type FieldPathValue,
  type FieldValues,
} from 'react-hook-form';
import { showFieldErrors } from '@/shared/form/fieldErrors';
import type { Schema } from '@/shared/form/schema';
import { forgetDraft, keepDraft, readDraft } from '@/shared/session/draft';

type Pointers<Values extends FieldValues> = Record<string, FieldPath<Values>>;

export interface CommandFormOptions<Values extends FieldValues, Parsed, Command, Result> {
  schema: Schema<Parsed, Values>;
  initial: Values;
  /** The name of the draft that survives a reload or a new sign-in. Without a name, nothing is stored. */
  draft?: string;
  /** Fields that the draft leaves out, such as secrets: the next person at this machine can read the tab's storage. */
  undrafted?: (keyof Values)[];
  /** Returns the command to send from the parsed values. */
  command: (parsed: Parsed) => Command;
  /** Sends the command. The key is the same for every attempt to send the same command. */
  send: (command: Command, key: string) => Promise<Result>;
  /** The form fields by the JSON pointers of the service's refusals, where the two differ. */
  pointers?: Pointers<Values> | ((values: Values) => Pointers<Values>);
  onSent: (result: Result, command: Command) => unknown;
  onRefused?: (error: unknown) => unknown;
}

export interface CommandForm<Values extends FieldValues, Parsed = unknown, Command = unknown, Result = unknown> {
  control: Control<Values, unknown, Parsed>;
  values: Values;
  set: <Name extends FieldPath<Values>>(name: Name, value: FieldPathValue<Values, Name>) => void;
  /** The first reason why the values cannot be sent yet. */
  blocked: string | undefined;
  pending: boolean;
  error: unknown;
  /** The command that was sent last, with its answer. */
  sent: Command | undefined;
  result: Result | undefined;
  submit: () => void;
  /** True while the form shows a stored draft that was not touched since. */
  restored: boolean;
  /** Discards the draft and shows the initial values. */
  reset: () => void;
  /** Discards the refusal or answer of the last command. */
  clear: () => void;
}

/** A form that sends one command: its values, their validity by a schema, its draft, and each refusal at its field. */
export function useCommandForm<Values extends FieldValues, Parsed, Command, Result>({
  schema,
  initial,
  draft,
  undrafted = [],
  command,
  send,
  pointers,
  onSent,
  onRefused,
}: CommandFormOptions<Values, Parsed, Command, Result>): CommandForm<Values, Parsed, Command, Result> {
  const [start] = useState(() => {
    const kept = draft === undefined ? undefined : readDraft<Values>(draft);
    return { ...initial, ...(kept != null && fits(kept, initial) ? kept : undefined) };
  });
  const form = useForm<Values, unknown, Parsed>({
    resolver: zodResolver(schema),
    mode: 'onChange',
    defaultValues: start as DefaultValues<Values>,
  });
  const values = useWatch({ control: form.control }) as Values;
  const drafted = (shown: Partial<Values>) =>
    JSON.stringify(shown, (name, value: unknown) => (undrafted.includes(name) ? undefined : value));
  const text = drafted(values);
  const [untouched] = useState(() => ({ initial: drafted(initial), start: drafted(start) }));

  useEffect(() => {
    if (draft === undefined) return;
    if (text === untouched.initial) forgetDraft(draft);
    else keepDraft(draft, text);
  }, [draft, text, untouched]);

  const { setValue } = form;
  const set: CommandForm<Values>['set'] = useCallback(
    (name, value) => setValue(name, value, { shouldValidate: true, shouldDirty: true }),
    [setValue],
  );
  const keyOf = useIdempotencyKeys();
  const sending = useMutation({
    mutationFn: (next: Command) => send(next, keyOf(next)),
    onSuccess: (result, next) => {
      if (draft !== undefined) forgetDraft(draft);
      return onSent(result, next);
    },
    onError: (error) => {
      showFieldErrors(form, error, typeof pointers === 'function' ? pointers(form.getValues()) : pointers);
      return onRefused?.(error);
    },
  });
  return {
    control: form.control,
    values,
    set,
    blocked: schema.safeParse(values).error?.issues[0]?.message,
    pending: sending.isPending,
    error: sending.error,
    sent: sending.variables,
    result: sending.data,
    submit: () => {
      if (!sending.isPending) void form.handleSubmit((parsed) => sending.mutate(command(parsed)))();
    },
    restored: untouched.start !== untouched.initial && text === untouched.start,
    reset: () => form.reset(initial),
    clear: sending.reset,
  };
}

/** Returns whether a stored draft belongs to this form, and not to an earlier version of it. */
function fits(kept: object, initial: object): boolean {
  const kindOf = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value);
  const known = new Map(Object.entries(initial));
  return Object.entries(kept).every(([name, value]: [string, unknown]) => {
    const usual: unknown = known.get(name);
    return value == null || usual == null || kindOf(value) === kindOf(usual);
  });
}

/**
 * Returns a function for idempotency keys. The same body gets the same key, so that a repeated click or a retry cannot
 * do the work twice.
 */
function useIdempotencyKeys(): (body: unknown) => string {
  const last = useRef({ text: '', key: '' });
  return (body) => {
    const text = JSON.stringify(body) ?? '';
    if (last.current.key === '' || last.current.text !== text) last.current = { text, key: crypto.randomUUID() };
    return last.current.key;
  };
}
