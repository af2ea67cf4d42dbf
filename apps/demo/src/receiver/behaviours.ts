/** The HTTP status a receiver answers with; `hang` answers nothing until the sender gives up. */
export type Answer = number | 'hang';

/** How a receiver answers its nth verified request, the first one being 1. */
const ANSWERS = {
  ok: () => 200,
  /** Comes back after a bad start. */
  flaky: (nth: number) => (nth <= 12 ? 500 : 200),
  /** Hangs at first. */
  slow: (nth: number) => (nth <= 8 ? 'hang' : 200),
  /** Fails every now and then. */
  stumbling: (nth: number) => (nth % 40 === 0 ? 503 : 200),
  /** Leaves for good. */
  gone: (nth: number) => (nth <= 30 ? 200 : 410),
} satisfies Record<string, (nth: number) => Answer>;

export type Behaviour = keyof typeof ANSWERS;

export function isBehaviour(name: string): name is Behaviour {
  return Object.hasOwn(ANSWERS, name);
}

export function answerOf(behaviour: Behaviour, nth: number): Answer {
  return ANSWERS[behaviour](nth);
}
