/** Uses each feature of each model and prints what came of it, a line of JSON each. */
export async function printCells(features) {
  for (const model of process.env.MODELS.split(' ')) {
    for (const [feature, use] of Object.entries(features)) {
      let outcome;
      try {
        const parts = [await use(model)].flat();
        outcome = { text: parts.join(''), parts: parts.length };
      } catch (failure) {
        outcome = { refusal: String(failure.message ?? failure) };
      }
      console.log(JSON.stringify({ feature, model, ...outcome }));
    }
  }
}
