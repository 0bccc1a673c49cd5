const chosenFiles = new Map<string, File>();

/** Keeps a file that was chosen before its dataset existed, for the dataset's page. */
export function keepChosenFile(dataset: string, file: File): void {
  chosenFiles.set(dataset, file);
}

/** Returns the file that was chosen for a dataset and forgets it. */
export function takeChosenFile(dataset: string): File | undefined {
  const file = chosenFiles.get(dataset);
  chosenFiles.delete(dataset);
  return file;
}
