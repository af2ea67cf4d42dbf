/** Headers as they are written: name, value, name, value. */
export type HeaderList = string[];

/**
 * One list of several sets of headers. Of those that have the same name, letter for letter, the first one's counts. Copying
 * the sets into one object instead would take as long as signing does.
 */
export function headerList(...sets: (Readonly<Record<string, string>> | undefined)[]): HeaderList {
  const list: HeaderList = [];
  for (const headers of sets) {
    const others = list.length;
    for (const name of Object.keys(headers ?? {})) {
      if (!isAmong(list, others, name)) list.push(name, headers?.[name] ?? '');
    }
  }
  return list;
}

/** A list's headers by their names. */
export function headersOf(list: HeaderList): Record<string, string> {
  const names = list.filter((_, index) => index % 2 === 0);
  return Object.fromEntries(names.map((name, index) => [name, list[2 * index + 1] ?? '']));
}

function isAmong(list: HeaderList, length: number, name: string): boolean {
  for (let index = 0; index < length; index += 2) if (list[index] === name) return true;
  return false;
}
