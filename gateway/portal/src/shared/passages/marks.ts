/** A word as an index splits texts: letters and digits, with apostrophes inside. */
const word = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;

/** Common words, which are not marked because they would hide the others. */
const common = new Set(
  (
    'a about an and are as at be been but by can could did do does for from had has have how i if in is it its me my ' +
    'no not of on or our should so than that the their them then there these they this to was we were what when ' +
    'where which who why will with would you your'
  ).split(' '),
);

export interface Piece {
  text: string;
  marked: boolean;
}

function wordsOf(query: string): Set<string> {
  const all = [...query.matchAll(word)].map(([found]) => found.toLowerCase());
  const distinctive = all.filter((one) => !common.has(one));
  return new Set(distinctive.length > 0 ? distinctive : all);
}

/** Splits a text into pieces and marks the words of the query, ignoring case. */
export function piecesOf(text: string, query: string): Piece[] {
  const wanted = wordsOf(query);
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(word)) {
    if (!wanted.has(found.toLowerCase())) continue;
    if (index > from) pieces.push({ text: text.slice(from, index), marked: false });
    pieces.push({ text: found, marked: true });
    from = index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), marked: false });
  return pieces;
}
