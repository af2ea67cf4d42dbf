import type { ui as english } from '../en/ui.js';
import type { Area } from '../messages.js';

export const ui: Area<typeof english> = {
  'ui.close': 'Chiudi',
  'ui.cancel': 'Annulla',
  'ui.copy': 'Copia',
  'ui.copied': 'Copiato',
  'ui.optional': 'facoltativo',
  'ui.pending': 'In corso',
  'ui.retry': 'Riprova',
  'ui.sortBy': 'Ordina per {column}',
  'ui.all': 'Tutti',
  'ui.default': 'Predefinito: {value}',

  'problem.offline': 'Il server non risponde.',
  'problem.offline.detail': 'Controlli la connessione e riprovi.',
  'problem.signedOut': 'La sessione è terminata.',
  'problem.signedOut.detail': 'Acceda di nuovo e ricarichi questa pagina.',
  'problem.forbidden': 'Non ha il permesso di farlo.',
  'problem.notFound': 'Non esiste, oppure non può vederlo.',
  'problem.refused': 'È stato rifiutato.',
  'problem.server': 'Qualcosa non ha funzionato sul server.',
  'problem.page': 'Questa pagina ha un errore.',
};
