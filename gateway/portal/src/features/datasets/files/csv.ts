/** Returns the first CSV records (RFC 4180). The separator is the one that splits the header into most names. */
export function csvRecords(text: string, isComplete: boolean, limit: number): string[][] {
  const separator = separatorOf(text);
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length && records.length < limit; at++) {
    const char = text.charAt(at);
    if (quoted) {
      if (char === '"' && text.charAt(at + 1) === '"') cell += text.charAt(at++);
      else if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === separator) {
      record.push(cell);
      cell = '';
    } else if (char === '\n') {
      records.push([...record, cell.replace(/\r$/, '')]);
      record = [];
      cell = '';
    } else cell += char;
  }
  if (isComplete && !quoted && records.length < limit && (cell !== '' || record.length > 0))
    records.push([...record, cell]);
  return records;
}

function separatorOf(text: string): string {
  const header = text.split(/\r?\n/, 1)[0] ?? '';
  const occurrences = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((most, next) => (occurrences(next) > occurrences(most) ? next : most));
}
