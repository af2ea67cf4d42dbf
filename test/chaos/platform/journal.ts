import { openSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/**
 * What became of an attempt: `refused` is a result that came when the lane was another worker's, `unwritten` one that the
 * database did not take.
 */
export type JournalWord = 'start' | 'recorded' | 'refused' | 'unwritten' | 'dies';

export interface JournalEntry {
  word: JournalWord;
  /** Of an attempt: webhook and event, which is one delivery. Of a death: the point. */
  of: string;
}

/** One process's own notes. What was written outlives a SIGKILL: the kernel has it. */
export class Journal {
  private readonly file: number;

  constructor(path: string) {
    this.file = openSync(path, 'a');
  }

  write(word: JournalWord, of: string): void {
    writeSync(this.file, `${word} ${of}\n`);
  }

  static async read(path: string): Promise<JournalEntry[]> {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => {
      const [word, of = ''] = line.split(' ');
      return { word: word as JournalWord, of };
    });
  }
}

/** The deliveries whose last attempt has been started, and of whose result nobody has heard. */
export function inFlight(entries: JournalEntry[]): string[] {
  const open = new Set<string>();
  for (const { word, of } of entries) {
    if (word === 'start') open.add(of);
    else open.delete(of);
  }
  return [...open];
}

/** How many results came and are in no row. */
export function unrecorded(entries: JournalEntry[]): number {
  return entries.filter(({ word }) => word === 'refused' || word === 'unwritten').length;
}
