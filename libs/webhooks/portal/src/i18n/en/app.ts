export const app = {
  'app.name': 'Webhooks',
  'app.allContracts': 'All contracts',
  'app.contract': 'Contract {contract}',
  'app.language': 'Language',
  'app.theme': 'Colours',
  'app.theme.system': 'Like the system',
  'app.theme.light': 'Light',
  'app.theme.dark': 'Dark',
  'app.notFound': 'There is no such page',
  'app.notFound.text': 'The address may be mistyped, or from an older version.',
  'app.toList': 'To all webhooks',

  'nav.label': 'Views',
  'nav.skip': 'Skip to the content',
  'nav.webhooks': 'Webhooks',
  'nav.preview': 'Preview',
  'nav.developers': 'Developers',

  'status.active': 'Active',
  'status.inactive': 'Inactive',
  'status.disabled': 'Disabled',

  'reason.gone': 'Its receiver answered 410 Gone.',
  'reason.exhausted': 'A delivery spent all its retries.',
  'reason.failures': 'Too many failures in a row.',
} as const;
