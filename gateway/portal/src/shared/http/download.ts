/** Hands a file to the browser as a download. */
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Revoke the URL only after the browser has started the download.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
