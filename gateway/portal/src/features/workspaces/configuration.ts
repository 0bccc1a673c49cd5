import type { Configuration, Workspace } from './workspaces';
import { listOf, optionalNumber, parsed, requiredText, trimmedText, z } from '@/shared/form/schema';

/** The fields of the form about a workspace, as typed. */
export interface Typed {
  workspaceId: string;
  name: string;
  regions: string;
  currency: string;
  roleRates: string;
  quotas: string;
  retentionDays: string;
}

export const empty: Typed = {
  workspaceId: '',
  name: '',
  regions: '',
  currency: 'USD',
  roleRates: '',
  quotas: '',
  retentionDays: '',
};

/** Returns the fields that show a workspace. */
export function typed({ name, regions, currency, roleRates, quotas, retentionDays }: Workspace): Typed {
  return {
    workspaceId: '',
    name,
    regions: regions.join(', '),
    currency,
    roleRates: roleRates.map(({ role, perHour }) => `${role} ${perHour.amount}`).join('\n'),
    quotas: quotas.map(({ kind, limit }) => `${kind} ${limit}`).join('\n'),
    retentionDays: retentionDays == null ? '' : String(retentionDays),
  };
}

/** What the form sends; the id is for a new workspace alone. */
export interface Parsed {
  workspaceId: string;
  configuration: Configuration;
}

export const schema = parsed(
  z.object({
    workspaceId: trimmedText(),
    name: requiredText('Enter a name in lower case, with hyphens between words.'),
    regions: z.string(),
    currency: requiredText('Enter the code of a currency, such as EUR.'),
    roleRates: z.string(),
    quotas: z.string(),
    retentionDays: z.string(),
  }),
  ({ workspaceId, name, regions, currency, roleRates, quotas, retentionDays }, refuse): Parsed => {
    const days = optionalNumber('').safeParse(retentionDays).data;
    if (retentionDays.trim() !== '' && !(Number.isInteger(days) && Number(days) > 0))
      refuse('Enter a whole number of days, or nothing.', 'retentionDays');
    return {
      workspaceId,
      configuration: {
        name,
        regions: listOf(regions.toUpperCase()),
        currency: currency.toUpperCase(),
        roleRates: pairs(roleRates, () =>
          refuse('Enter a role and an amount per line: ml-engineer 95', 'roleRates'),
        ).map(([role, amount]) => ({ role, perHour: amount })),
        quotas: pairs(quotas, () => refuse('Enter a kind and a number per line: prompts 500', 'quotas')).map(
          ([kind, limit]) => ({ kind, limit: Number(limit) }),
        ),
        ...(days !== undefined && { retentionDays: days }),
      },
    };
  },
);

/** Returns the name and the number of each line. */
function pairs(text: string, refuse: () => void): [string, string][] {
  const lines = text.split(/\n/).filter((line) => line.trim() !== '');
  const found = lines.map((line) => /^\s*([a-z-]+)[\s:=]+(\d+(?:\.\d+)?)\s*$/.exec(line));
  if (found.includes(null)) refuse();
  return found.flatMap((match): [string, string][] => (match === null ? [] : [[match[1] ?? '', match[2] ?? '']]));
}
