import type { ui as english } from '../en/ui.js';
import type { Area } from '../messages.js';

export const ui: Area<typeof english> = {
  'ui.close': 'Schließen',
  'ui.cancel': 'Abbrechen',
  'ui.copy': 'Kopieren',
  'ui.copied': 'Kopiert',
  'ui.optional': 'optional',
  'ui.pending': 'Wird ausgeführt',
  'ui.retry': 'Erneut versuchen',
  'ui.sortBy': 'Nach {column} sortieren',
  'ui.all': 'Alle',
  'ui.default': 'Standard: {value}',

  'problem.offline': 'Der Server antwortet nicht.',
  'problem.offline.detail': 'Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  'problem.signedOut': 'Sie sind abgemeldet.',
  'problem.signedOut.detail': 'Melden Sie sich wieder an und laden Sie diese Seite neu.',
  'problem.forbidden': 'Das dürfen Sie nicht.',
  'problem.notFound': 'Das gibt es nicht, oder Sie dürfen es nicht sehen.',
  'problem.refused': 'Das wurde abgelehnt.',
  'problem.server': 'Auf dem Server ist etwas schiefgegangen.',
  'problem.page': 'Diese Seite hat einen Fehler.',
};
