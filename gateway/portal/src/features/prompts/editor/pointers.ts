import type { FieldPath } from 'react-hook-form';
import type { ObjectSchemaDraft } from './objectSchema';
import { otherParameters, standardNames } from './parameters';
import { nameOf } from './responseFormat';
import type { VersionDraft } from './versionDraft';

type Places = [pointer: string, field: string][];

/** Returns the form fields by the JSON pointers that the service uses in refusals, narrower ones first. */
export function pointersOf(draft: VersionDraft): Record<string, FieldPath<VersionDraft>> {
  const places = [
    ...ofPartials(draft),
    ...ofSchema('/variables', 'variables', draft.variables),
    ...ofTools(draft),
    ...ofParameters(draft),
    ...ofResponseFormat(draft),
  ];
  return Object.fromEntries(places) as Record<string, FieldPath<VersionDraft>>;
}

function ofPartials({ partials }: VersionDraft): Places {
  return partials.flatMap(({ name }, index) => [
    [`/partials/${name}/prompt`, `partials.${index}.prompt`],
    [`/partials/${name}/version`, `partials.${index}.at`],
    [`/partials/${name}/label`, `partials.${index}.at`],
    [`/partials/${name}`, `partials.${index}.name`],
  ]);
}

function ofSchema(pointer: string, field: string, { form, rows }: ObjectSchemaDraft): Places {
  if (form === 'json') return [[pointer, `${field}.json`]];
  const properties = rows.flatMap(({ name, type }, index): Places => {
    const at = `${pointer}/properties/${escaped(name)}`;
    const row = `${field}.rows.${index}`;
    return type === 'schema'
      ? [[at, `${row}.schema`]]
      : [
          [`${at}/default`, `${row}.default`],
          [`${at}/enum`, `${row}.choices`],
          [`${at}/description`, `${row}.description`],
          [at, `${row}.name`],
        ];
  });
  return [...properties, [pointer, `${field}.rest`]];
}

function ofTools({ tools: { rows } }: VersionDraft): Places {
  if (rows.length === 0) return [];
  const tools = rows.flatMap((row, index): Places => {
    const at = `/parameters/tools/${index}`;
    return [
      [`${at}/function/description`, `tools.rows.${index}.description`],
      [`${at}/function/strict`, `tools.rows.${index}.strict`],
      ...(row.takesArguments
        ? ofSchema(`${at}/function/parameters`, `tools.rows.${index}.arguments`, row.arguments)
        : []),
      [at, `tools.rows.${index}.name`],
    ];
  });
  return tools;
}

function ofParameters({ parameters: { further }, tools }: VersionDraft): Places {
  const named = further.map(({ name }, index): Places[number] => [
    `/parameters/${escaped(name)}`,
    // If the name is unknown, the error belongs to the name.
    `parameters.further.${index}.${isKnown(name) ? 'value' : 'name'}`,
  ]);
  return [
    ...standardNames.map((name): Places[number] => [`/parameters/${name}`, `parameters.fields.${name}`]),
    ...named,
    ...(tools.choice === '' ? [] : [['/parameters/tool_choice', 'tools.choice'] as Places[number]]),
    ...(tools.parallel === '' ? [] : [['/parameters/parallel_tool_calls', 'tools.parallel'] as Places[number]]),
  ];
}

function isKnown(name: string): boolean {
  return [...otherParameters, ...standardNames, 'tools', 'tool_choice', 'parallel_tool_calls'].includes(name);
}

function ofResponseFormat({ responseFormat }: VersionDraft): Places {
  const { kind, schema } = responseFormat;
  const at = nameOf(responseFormat) === undefined ? '/responseFormat' : '/responseFormat/json_schema/schema';
  switch (kind) {
    case 'text':
      return [];
    case 'answers':
      return [[at, 'responseFormat.answers']];
    case 'schema':
      return ofSchema(at, 'responseFormat.schema', schema);
  }
}

/** Escapes a name for a JSON pointer (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
