/** What differs for a webhook whose events are fetched. */
export const feed = {
  'feed.title': 'Feed',
  'feed.text': 'Fetch the events here, the oldest first.',
  'feed.kept': {
    one: 'They stay for {count} day, fetched or not.',
    other: 'They stay for {count} days, fetched or not.',
  },
  'feed.command': 'Command that reads the feed',
  'feed.next':
    'Keep the answer’s nextCursor and pass it as after next time. While hasMore is true ask again at once, otherwise once a minute or so.',
  'feed.next.command': 'Command that reads what follows',
  'feed.both': 'An event that also came by request has the same webhook-id there.',
  'feed.inactive': 'This webhook is inactive: nothing comes into its feed.',
  'feed.quiet': 'Fetched, not sent',
  'feed.log.empty': 'They appear here as they come into the feed.',
  'feed.test': 'There is nothing to test: nothing is sent to this webhook',
  'feed.test.text': 'Its events are fetched from its feed.',
  'feed.test.read': 'How to read it',
  'feed.deactivate':
    'Nothing comes into its feed until it is activated again. What is in the feed can still be fetched; a recovery adds what passed it by.',
  'feed.delete': 'Its feed cannot be read any more. A deleted webhook cannot be recovered. With it goes:',
  'feed.delete.events': 'the events in its feed, fetched or not',

  'feed.recovery.lead':
    'Puts into its feed what did not arrive since a time: deliveries that failed, and events that passed the webhook by.',
  'feed.recovery.number': {
    one: '{count} event will come into the feed',
    other: '{count} events will come into the feed',
  },
  'feed.recovery.nothing': 'Nothing to recover: everything since then arrived or is in the feed.',
  'feed.recovery.start': { one: 'Recover {count} event', other: 'Recover {count} events' },
  'feed.recovery.done': {
    one: '{count} event came into the feed',
    other: '{count} events came into the feed',
  },

  'feed.developers': 'Fetch events without a server',
  'feed.developers.text':
    'A webhook with the transport pull needs no URL. Its events wait in a feed, with the bodies and headers that requests would have.',
  'feed.developers.create': 'Command that creates a webhook to fetch from',
} as const;
