import { Journal, unrecorded } from '../platform/journal.js';
import type { LedgerEntry } from '../receiver/ledger.js';
import type { Verdict } from '../scenario.js';

/** The platform's clock, the database's and the receiver's are one here, read at three places. */
export const CLOCKS_APART_MS = 100;

export interface Answered {
  booking: string;
  number: number;
  /** From the publishing to the first 2xx. */
  waitedMs: number;
}

/** In the order of their first 2xx. */
export function firstAnswers(ledger: LedgerEntry[], path: string): Answered[] {
  const seen = new Set<string>();
  const firsts: Answered[] = [];
  for (const { key, at, path: of, status } of ledger) {
    if (of !== path || status !== 200 || seen.has(key)) continue;
    seen.add(key);
    // The keys of the platform's changes tell their booking, their number, and when they were published.
    const [, booking = '', number = '', publishedAt = ''] = /^(.*)\/(\d+)\/[^/]*@(\d+)$/.exec(key) ?? [];
    firsts.push({ booking, number: Number(number), waitedMs: at - Number(publishedAt) });
  }
  return firsts;
}

/** Changes that were answered 2xx before an earlier one of their booking was. */
function overtakers(ledger: LedgerEntry[], path: string): Answered[] {
  const firsts = firstAnswers(ledger, path);
  return firsts.filter(({ booking, number }, place) =>
    firsts.slice(place + 1).some((later) => later.booking === booking && later.number < number),
  );
}

export interface Order {
  paths: string[];
  /** Who has waited that long may overtake. */
  mostWaitMs: number;
}

/** Each lane has had one worker: what came twice was refused the second time, and the order held. */
export async function keptApart(
  ledger: LedgerEntry[],
  journals: string[],
  { paths, mostWaitMs }: Order,
  duplicates: number,
): Promise<Pick<Verdict, 'failures' | 'figures'>> {
  const entries = (await Promise.all(journals.map((path) => Journal.read(path)))).flat();
  const refused = unrecorded(entries);
  const overtaking = paths.flatMap((path) => overtakers(ledger, path));
  const early = overtaking.filter(({ waitedMs }) => waitedMs < mostWaitMs - CLOCKS_APART_MS).length;
  const failures: string[] = [];
  if (duplicates > refused)
    failures.push(`${duplicates} repeats, and only ${refused} results were not recorded`);
  if (early > 0) failures.push(`${early} changes came before an earlier one of their booking`);
  const inOrder = paths.reduce((sum, path) => sum + firstAnswers(ledger, path).length, 0) - overtaking.length;
  return {
    failures,
    figures: { refused, in_order: inOrder, overtaken_after_the_wait: overtaking.length - early },
  };
}

export interface Rotation {
  path: string;
  /** Epoch ms by which requests may be signed with the new secret. */
  from: number;
  /** Epoch ms from which no request is signed with the old one any more. */
  oldEndsBy: number;
}

/** The receiver knows the old secret as its first one and the new one as its second. */
export function badlySigned(ledger: LedgerEntry[], { path, from, oldEndsBy }: Rotation): string[] {
  const requests = ledger.filter((entry) => entry.path === path);
  const after = requests.filter(({ signedAt }) => signedAt > oldEndsBy);
  const failures: string[] = [];
  if (!requests.some(({ firstByteAt }) => firstByteAt < from))
    failures.push('nothing was sent before the rotation');
  if (after.length === 0) failures.push('nothing was sent after the end of the old secret');
  const old = after.filter(({ signers }) => signers?.join() !== '1').length;
  if (old > 0) failures.push(`${old} requests after its end were not signed with the new secret alone`);
  return failures;
}
