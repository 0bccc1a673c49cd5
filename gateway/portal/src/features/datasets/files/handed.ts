const handed = new Map<string, File>();

/** Keeps a file that was chosen before its dataset existed, for the dataset's page. */
export function handOver(dataset: string, file: File): void {
  handed.set(dataset, file);
}

/** The file that was chosen for a dataset, once. */
export function takeOver(dataset: string): File | undefined {
  const file = handed.get(dataset);
  handed.delete(dataset);
  return file;
}
