import type { EventTypeName } from '../catalog/event-types.js';
import { canonicalEventType } from './canonical-event-type.js';
import { capabilities, format, profile } from './create-webhook.dto.js';
import { flag, languageTag, nullable, optional, text } from './field-rules.js';

/** Which event, and as which webhook would get it. Of `eventId` and `eventType` one is named. */
export class PreviewDto {
  /** An event that was published. */
  @optional(text(64))
  eventId?: string;

  /** What a sample is about. */
  @optional(canonicalEventType)
  eventType?: EventTypeName;

  /** @default 'standard' */
  @optional(profile)
  profile?: string;

  /** @default 'json' */
  @optional(format)
  format?: string;

  /** BCP 47 tag. @default null, the module's `defaultLocale` */
  @nullable(languageTag)
  locale?: string | null;

  /** Whether the guest's own language comes before `locale`. @default true, and false when a `locale` is named */
  @optional(flag)
  useContactLanguage?: boolean;

  /** @default [] */
  @optional(capabilities)
  capabilities?: string[];
}
