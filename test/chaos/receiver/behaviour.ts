/** How a receiver treats the requests to one path. */
export type Behaviour =
  | { kind: 'answer'; status: number; afterMs?: number; headers?: Record<string, string> }
  /** Answers 500 to this share of the requests, 200 to the others. */
  | { kind: 'stumble'; share: number; afterMs?: number }
  /** Answers 500 to bodies that contain this text, 200 to the others. */
  | { kind: 'refuse'; text: string }
  /** Never answers. */
  | { kind: 'hang' }
  /** Answers 200 and sends a byte of the body now and then, without an end. */
  | { kind: 'drip'; everyMs: number }
  /** Reads the request and cuts the connection. */
  | { kind: 'cut' };

export const FINE: Behaviour = { kind: 'answer', status: 200 };

/** What the runner tells a receiver process. */
export type ReceiverCommand =
  | { command: 'behave'; path: string; behaviour: Behaviour }
  | { command: 'verify'; path: string; secrets: string[] };
