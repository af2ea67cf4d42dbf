import type { MessageKey } from './en.js';

export const it: Record<MessageKey, string> = {
  'flight.status.scheduled': 'Programmato',
  'flight.status.on_time': 'In orario',
  'flight.status.boarding': 'Imbarco in corso',
  'flight.status.departed': 'Partito',
  'flight.status.delayed': 'In ritardo di {duration}',
  'flight.status.delayed_unknown': 'In ritardo',
  'flight.status.cancelled': 'Cancellato',
  // "Dirottato" alone would also say hijacked.
  'flight.status.diverted': 'Dirottato su altro aeroporto',
  'flight.status.landed': 'Atterrato',

  'booking.status.on_hold': 'In opzione',
  'booking.status.confirmed': 'Confermata',
  'booking.status.cancelled': 'Annullata',
  'booking.status.expired': 'Scaduta',
  'booking.status.redeemed': 'Utilizzata',
  'booking.status.pending': 'In attesa',

  'payment.status.paid': 'Pagato',
  'payment.status.refunded': 'Rimborsato',

  'duration.minutes': '{minutes, plural, one {# minuto} many {# di minuti} other {# minuti}}',
  'duration.hours_minutes':
    '{hours, plural, one {# ora} many {# di ore} other {# ore}}{minutes, plural, =0 {} one { e # minuto} many { e # di minuti} other { e # minuti}}',

  'eventType.canonical.booking_created.label': 'Prenotazione creata',
  'eventType.canonical.booking_created.description':
    'È stata effettuata una prenotazione, confermata o meno.',
  'eventType.canonical.booking_confirmed.label': 'Prenotazione confermata',
  'eventType.canonical.booking_confirmed.description': 'Una prenotazione in opzione è stata confermata.',
  'eventType.canonical.booking_updated.label': 'Prenotazione aggiornata',
  'eventType.canonical.booking_updated.description': 'È cambiato qualcosa in una prenotazione esistente.',
  'eventType.canonical.booking_cancelled.label': 'Prenotazione annullata',
  'eventType.canonical.booking_cancelled.description':
    'Una prenotazione è stata annullata dal cliente, dal partner o dal fornitore.',
  'eventType.canonical.order_updated.label': 'Ordine aggiornato',
  'eventType.canonical.order_updated.description': 'Un ordine, con tutte le sue prenotazioni, è cambiato.',
  'eventType.canonical.payment_received.label': 'Pagamento ricevuto',
  'eventType.canonical.payment_received.description': 'È stato ricevuto il pagamento di una prenotazione.',
  'eventType.canonical.payment_refunded.label': 'Pagamento rimborsato',
  'eventType.canonical.payment_refunded.description': 'È stato rimborsato il pagamento di una prenotazione.',
  'eventType.canonical.availability_updated.label': 'Disponibilità aggiornata',
  'eventType.canonical.availability_updated.description':
    'Sono cambiati i posti disponibili o il calendario di un prodotto.',
  'eventType.canonical.product_added.label': 'Prodotto aggiunto',
  'eventType.canonical.product_added.description':
    'Un nuovo prodotto è disponibile nell’ambito del contratto.',
  'eventType.canonical.product_updated.label': 'Prodotto aggiornato',
  'eventType.canonical.product_updated.description': 'Un prodotto esistente è cambiato.',
  'eventType.canonical.product_removed.label': 'Prodotto rimosso',
  'eventType.canonical.product_removed.description':
    'Un prodotto non è più disponibile nell’ambito del contratto.',
  'eventType.canonical.rate_updated.label': 'Tariffa aggiornata',
  'eventType.canonical.rate_updated.description': 'È cambiata una tariffa o uno sconto.',
  'eventType.canonical.flight_status_changed.label': 'Variazione dello stato di ritardo del volo',
  'eventType.canonical.flight_status_changed.description':
    'Lo stato di un volo prenotato è cambiato, ad esempio in ritardo.',
  'eventType.canonical.webhook_failing.label': 'Webhook in errore',
  'eventType.canonical.webhook_failing.description':
    'Diverse richieste di seguito a un altro webhook del contratto non sono riuscite, e il webhook è in pausa.',
  'eventType.canonical.webhook_disabled.label': 'Webhook disattivato',
  'eventType.canonical.webhook_disabled.description':
    'Un altro webhook del contratto è stato disattivato perché il suo destinatario non esiste più o continuava a fallire.',
  'eventType.canonical.webhook_resumed.label': 'Webhook ripristinato',
  'eventType.canonical.webhook_resumed.description':
    'Un altro webhook del contratto, che era in errore o disattivato, riceve di nuovo gli invii.',

  'eventType.octo.booking_update.label': 'Aggiornamento di una prenotazione',
  'eventType.octo.booking_update.description':
    'Una prenotazione esistente è stata confermata, modificata o annullata.',
  'eventType.octo.availability_update.label': 'Aggiornamento della disponibilità',
  'eventType.octo.availability_update.description': 'È cambiata la disponibilità di un prodotto.',
  'eventType.octo.order_update.label': 'Aggiornamento di un ordine',
  'eventType.octo.order_update.description':
    'Un ordine è cambiato; viene inviato con tutte le sue prenotazioni.',
  'eventType.octo.product_update.label': 'Aggiornamento di un prodotto',
  'eventType.octo.product_update.description': 'Un prodotto è stato aggiunto, modificato o rimosso.',

  'eventType.octo_notification.booking_update.label': 'Notifica di prenotazione',
  'eventType.octo_notification.booking_update.description':
    'Indica la prenotazione che è cambiata, senza il suo contenuto.',
  'eventType.octo_notification.availability_update.label': 'Notifica di disponibilità',
  'eventType.octo_notification.availability_update.description':
    'Indica il prodotto e le date la cui disponibilità è cambiata, senza la disponibilità stessa.',
  'eventType.octo_notification.product_update.label': 'Notifica di prodotto',
  'eventType.octo_notification.product_update.description':
    'Indica il prodotto che è cambiato, senza il suo contenuto.',

  'eventType.checkfront.booking_modified.label': 'Prenotazione modificata',
  'eventType.checkfront.booking_modified.description': 'Una prenotazione è stata creata o modificata.',
  'eventType.checkfront.booking_status_change.label': 'Cambio di stato della prenotazione',
  'eventType.checkfront.booking_status_change.description':
    'Lo stato di una prenotazione è cambiato, ad esempio in pagata o annullata.',
  'eventType.checkfront.new_payment_refund.label': 'Nuovo pagamento o rimborso',
  'eventType.checkfront.new_payment_refund.description': 'Un pagamento è stato ricevuto o rimborsato.',
  'eventType.checkfront.item_update.label': 'Aggiornamento di un articolo',
  'eventType.checkfront.item_update.description': 'Un articolo è stato aggiunto, modificato o rimosso.',
  'eventType.checkfront.item_event_discount_edit.label': 'Modifica di un evento o sconto dell’articolo',
  'eventType.checkfront.item_event_discount_edit.description':
    'È stata modificata una tariffa stagionale, un evento o uno sconto di un articolo.',
  'eventType.checkfront.item_calendar_edit.label': 'Modifica del calendario dell’articolo',
  'eventType.checkfront.item_calendar_edit.description':
    'È cambiato il calendario di un articolo e, con esso, ciò che si può prenotare.',

  'eventType.capdata.new_flight_reservation_from_extension.label': 'Nuova prenotazione di volo',
  'eventType.capdata.new_flight_reservation_from_extension.description':
    'L’estensione ha acquisito una prenotazione di volo.',
  'eventType.capdata.flight_reservation_updated.label': 'Prenotazione di volo aggiornata',
  'eventType.capdata.flight_reservation_updated.description':
    'Una prenotazione di volo esistente è cambiata.',

  'eventType.delay_care.flight_delay_status_change.label': 'Variazione dello stato di ritardo del volo',
  'eventType.delay_care.flight_delay_status_change.description':
    'Lo stato di un volo è cambiato, ad esempio da programmato a in ritardo.',
  'eventType.delay_care.product_added.label': 'Prodotto aggiunto',
  'eventType.delay_care.product_added.description':
    'Un nuovo prodotto è disponibile nell’ambito del contratto.',
  'eventType.delay_care.product_updated.label': 'Prodotto aggiornato',
  'eventType.delay_care.product_updated.description': 'Un prodotto esistente del contratto è cambiato.',
  'eventType.delay_care.product_removed.label': 'Prodotto rimosso',
  'eventType.delay_care.product_removed.description':
    'Un prodotto non è più disponibile nell’ambito del contratto.',
};
