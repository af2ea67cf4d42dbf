import type { list as english } from '../en/list.js';
import type { Area } from '../messages.js';

export const list: Area<typeof english> = {
  'list.title': 'Webhook',
  'list.count': { one: '{count} webhook', other: '{count} webhook' },
  'list.add': 'Aggiungi',
  'list.download': 'Scarica Excel',
  'list.downloadCsv': 'CSV',
  'list.filters': 'Filtra e ordina',
  'list.clear': 'Rimuovi i filtri',

  'list.column.no': 'N.',
  'list.column.contract': 'Contratto',
  'list.column.url': 'URL',
  'list.column.eventType': 'Tipo di evento',
  'list.column.status': 'Stato',
  'list.column.health': 'Ultime 24 ore',
  'list.column.actions': 'Azioni',

  'list.filter': 'Filtra per {column}',
  'list.filter.id': 'ID',
  'list.filter.contains': 'Contiene',
  'list.filter.failing': 'Con errori',
  'list.filter.healthy': 'Senza errori',
  'list.filter.gone': 'Disattivato: 410 Gone',
  'list.filter.exhausted': 'Disattivato: tentativi esauriti',
  'list.filter.failures': 'Disattivato: troppi errori',

  'list.edit': 'Modifica {url}',
  'list.delete': 'Elimina {url}',
  'list.hours': '{succeeded} consegnate e {failed} fallite nelle ultime 24 ore',
  'list.hoursPartial': '{succeeded} consegnate e {failed} fallite tra le più recenti delle ultime 24 ore',
  'list.quiet': 'Nessuna consegna',
  'list.failingSince': 'Errori dal {time}',
  'list.moreTypes': 'altri {count}',

  'list.empty': 'Ancora nessun webhook',
  'list.empty.text': 'Ne aggiunga uno: un suo indirizzo e gli eventi di cui deve essere informato.',
  'list.none': 'Nessun webhook corrisponde',
  'list.none.text': 'Cambi i filtri o li rimuova.',
  'list.loading': 'Caricamento dei webhook',

  'delete.title': 'Eliminare questo webhook?',
  'delete.text':
    'A {url} non verrà inviato più nulla. Un webhook eliminato non si può recuperare. Con esso si perdono:',
  'delete.log': 'il registro delle consegne, con tutti i tentativi',
  'delete.pending': {
    one: '{count} consegna non ancora inviata',
    other: '{count} consegne non ancora inviate',
  },
  'delete.pendingMany': 'più di {count} consegne non ancora inviate',
  'delete.pendingUnknown': 'le consegne non ancora inviate',
  'delete.secret': 'il segreto e gli header delle richieste',
  'delete.confirm': 'Elimina webhook',
  'delete.done': 'Webhook eliminato',
};
