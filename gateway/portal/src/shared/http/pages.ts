interface Page<T> {
  items: T[];
  nextPageToken?: string | null;
}

/** Reads the items of all pages, to choose from. Beyond the maximum, a search is needed instead. */
export async function allPages<T>(
  page: (pageToken: string | undefined) => Promise<Page<T>>,
  most = 1000,
): Promise<{ items: T[] }> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const next = await page(token);
    items.push(...next.items);
    token = next.nextPageToken ?? undefined;
  } while (token !== undefined && items.length < most);
  return { items };
}
