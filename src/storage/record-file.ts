/** Files of recorded comparisons. No imports: the page asks for the first of them before its own code is there. */

export interface RecordFile {
  /** Name in the page's folder `records`. */
  readonly file: string;
  /** "sha256-…" */
  readonly integrity: string;
}

const fetched = new Map<string, Promise<Blob>>();

/**
 * Fetches it once; a failed attempt is repeated by the next call.
 *
 * @throws Error where it cannot be reached, or where its content has another hash
 */
export function fetchRecord({ file, integrity }: RecordFile): Promise<Blob> {
  const before = fetched.get(file);
  if (before) return before;
  const content = received(file, integrity);
  fetched.set(file, content);
  content.catch(() => fetched.delete(file));
  return content;
}

async function received(file: string, integrity: string): Promise<Blob> {
  const answer = await fetch(new URL(`records/${file}`, document.baseURI), { integrity });
  if (!answer.ok) throw new Error(`The server answered ${answer.status} for ${file}.`);
  return answer.blob();
}
