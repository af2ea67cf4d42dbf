import fc from 'fast-check';

export interface Campaign<Case> {
  name: string;
  /** Makes one case. */
  cases: fc.Arbitrary<Case>;
  wanted: number;
  /** Cases played side by side. */
  batch: number;
  seed: number;
  log: (line: string) => void;
  /** The first failure is enough, it need not be made smaller. @default false */
  failsFast?: boolean;
}

export interface Played {
  cases: number;
  failures: string[];
}

/** A failing batch is made smaller for so long; the smallest that failed is reported. */
const SHRINK_MS = 15_000;
const SHOWN = 1_500;

/**
 * Plays generated cases until there were enough of them or a batch failed.
 *
 * @param play what is wrong, in words; nothing when all is well
 */
export async function playCampaign<Case>(
  { name, cases, wanted, batch, seed, log, failsFast = false }: Campaign<Case>,
  play: (batch: Case[]) => Promise<string[]>,
): Promise<Played> {
  const played: Played = { cases: 0, failures: [] };
  for (let round = 0; played.cases < wanted && played.failures.length === 0; round += 1) {
    let shrinkUntil = Infinity;
    const batches = fc.array(cases, { minLength: 1, maxLength: batch, size: 'max' });
    const property = fc.asyncProperty(batches, async (given) => {
      if (Date.now() > shrinkUntil) return;
      if (shrinkUntil === Infinity) {
        if (played.cases >= wanted) return;
        played.cases += given.length;
      }
      const problems = await play(given);
      if (problems.length === 0) return;
      if (shrinkUntil === Infinity) shrinkUntil = Date.now() + SHRINK_MS;
      throw new Error(problems.slice(0, 3).join(' | '));
    });
    const numRuns = Math.ceil((2 * (wanted - played.cases)) / batch);
    const found = await fc.check(property, { seed: seed + round, numRuns, endOnFailure: failsFast });
    if (found.failed) played.failures.push(described(name, found));
  }
  log(`fuzz: ${name} cases=${played.cases} failures=${played.failures.length}`);
  return played;
}

function described<Case>(name: string, found: fc.RunDetails<[Case[]]>): string {
  const reason = found.errorInstance instanceof Error ? found.errorInstance.message : 'interrupted';
  const smallest = shown(found.counterexample?.[0]);
  return [
    `${name}: ${cut(reason)}`,
    `smallest=${cut(smallest)}`,
    `seed=${found.seed} path=${found.counterexamplePath ?? '-'}`,
  ].join('; ');
}

/** Some cases are made to break whoever reads them. */
function shown(batch: unknown): string {
  try {
    return fc.stringify(batch);
  } catch (error) {
    return `unreadable: ${String(error)}`;
  }
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
