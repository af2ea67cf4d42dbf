/** A row of the platform's table `published_change`: what it has committed. */
export interface CommittedChange {
  eventId: string;
  contractId: string;
  /** Canonical. */
  type: string;
  /** Id of what changed. */
  subject: string;
  bookingId: string | null;
  status: string | null;
  previousStatus: string | null;
  flies: boolean;
  guestLocale: string | null;
}

/** A webhook that was active before the first change. */
export interface Subscription {
  webhookId: string;
  contractId: string;
  eventTypes: string[];
  profile: string;
  /** BCP 47 tag; null for the platform's default language. */
  locale: string | null;
  /** Whether the guest's own language comes first. */
  useContactLanguage: boolean;
}
