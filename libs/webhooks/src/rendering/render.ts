/** The parts of a stored event that a body is made of. JSON texts are taken as they were published. */
export interface RenderableEvent {
  type: string;
  occurredAt: number;
  /** Exact JSON text. */
  data: string;
}

/** What a webhook asked its bodies to look like. */
export interface BodyShape {
  profile: string;
  format: string;
}

export interface RenderedBody {
  contentType: string;
  body: Buffer;
}

/** The words a webhook's `profile` may be. */
export const PROFILES = ['standard'] as const;

/** The words a webhook's `format` may be. */
export const FORMATS = ['json'] as const;

/**
 * The body of an event in the shape a webhook asked for.
 *
 * `standard` is the envelope of Standard Webhooks ("Payload structure"): `type`, `timestamp`, `data`. The data is spliced
 * in as text: parsing and printing it again would re-order integer-like keys and round large numbers.
 */
export function render(event: RenderableEvent, shape: BodyShape): RenderedBody {
  if (shape.profile !== 'standard' || shape.format !== 'json') {
    throw new Error(
      `There is no rendering for the profile '${shape.profile}' in the format '${shape.format}'.`,
    );
  }
  const timestamp = new Date(event.occurredAt).toISOString();
  const text = `{"type":${JSON.stringify(event.type)},"timestamp":"${timestamp}","data":${event.data}}`;
  return { contentType: 'application/json', body: Buffer.from(text, 'utf8') };
}

/** The same for every webhook whose body of an event is the same, byte for byte. */
export function shapeKey(shape: BodyShape): string {
  return `${shape.profile}/${shape.format}`;
}
