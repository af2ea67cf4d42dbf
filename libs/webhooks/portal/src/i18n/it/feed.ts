import type { feed as english } from '../en/feed.js';
import type { Area } from '../messages.js';

export const feed: Area<typeof english> = {
  'feed.title': 'Feed',
  'feed.text': 'Ritiri qui gli eventi, i più vecchi per primi.',
  'feed.kept': {
    one: 'Restano per {count} giorno, ritirati o no.',
    other: 'Restano per {count} giorni, ritirati o no.',
  },
  'feed.command': 'Comando che legge il feed',
  'feed.next':
    'Conservi il nextCursor della risposta e lo passi come after la volta dopo. Finché hasMore è true richieda subito, altrimenti circa una volta al minuto.',
  'feed.next.command': 'Comando che legge quel che segue',
  'feed.both': 'Un evento arrivato anche con una richiesta ha qui lo stesso webhook-id.',
  'feed.inactive': 'Questo webhook è inattivo: nel suo feed non arriva nulla.',
  'feed.quiet': 'Da ritirare',
  'feed.log.empty': 'Compaiono qui man mano che arrivano nel feed.',
  'feed.test': 'Non c’è nulla da provare: a questo webhook non viene inviato nulla',
  'feed.test.text': 'I suoi eventi si ritirano dal suo feed.',
  'feed.test.read': 'Come leggerlo',
  'feed.deactivate':
    'Nel suo feed non arriva nulla finché non è riattivato. Ciò che vi si trova si può ancora ritirare; un recupero aggiunge quel che gli è sfuggito.',
  'feed.delete':
    'Il suo feed non si potrà più leggere. Un webhook eliminato non si può recuperare. Con esso si perdono:',
  'feed.delete.events': 'gli eventi del suo feed, ritirati o no',

  'feed.recovery.lead':
    'Aggiunge al suo feed ciò che non è arrivato da un dato momento: consegne fallite ed eventi che il webhook non ha ricevuto.',
  'feed.recovery.number': {
    one: '{count} evento arriverà nel feed',
    other: '{count} eventi arriveranno nel feed',
  },
  'feed.recovery.nothing': 'Niente da recuperare: da allora tutto è arrivato o è nel feed.',
  'feed.recovery.start': { one: 'Recupera {count} evento', other: 'Recupera {count} eventi' },
  'feed.recovery.done': {
    one: '{count} evento è arrivato nel feed',
    other: '{count} eventi sono arrivati nel feed',
  },

  'feed.developers': 'Ritirare gli eventi senza un server',
  'feed.developers.text':
    'Un webhook con il transport pull non ha bisogno di un URL. I suoi eventi attendono in un feed, con i corpi e gli header che avrebbero le richieste.',
  'feed.developers.create': 'Comando che crea un webhook da cui ritirare',
};
