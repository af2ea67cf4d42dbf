export const developers = {
  'developers.title': 'For developers',
  'developers.lead': 'All that this page does can be done over the REST API.',
  'developers.create': 'Create a webhook',
  'developers.create.text': 'The answer holds the secret, this one time.',
  'developers.list': 'List webhooks',
  'developers.list.text': 'Pass the nextCursor of an answer as cursor to get the next page.',
  'developers.credentials':
    'The API takes the credentials that you use for this platform. Put them in the place of the header shown here.',
  'developers.verify': 'Verify a request',
  'developers.verify.text':
    'Verify the raw body before you read it. Requests follow Standard Webhooks, so its libraries do it in any language.',
  'developers.verify.languages': 'Programming language',
  'developers.install': 'Install',
  'developers.openapi': 'API description',
  'developers.openapi.text': 'Every resource, every body and every header as OpenAPI 3.1.',
  'developers.openapi.download': 'Download OpenAPI',

  'preview.title': 'Preview',
  'preview.lead': 'What a webhook gets, with a sample event. Nothing is sent.',
  'preview.eventType': 'Event type',
  'preview.side': 'Body {count}',
  'preview.addSide': 'Compare with another',
  'preview.removeSide': 'Remove body {count}',
  'preview.size': { one: '{count} byte', other: '{count} bytes' },
} as const;
