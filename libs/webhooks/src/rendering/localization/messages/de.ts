import type { MessageKey } from './en.js';

export const de: Record<MessageKey, string> = {
  'flight.status.scheduled': 'Geplant',
  'flight.status.on_time': 'Pünktlich',
  'flight.status.boarding': 'Boarding',
  'flight.status.departed': 'Abgeflogen',
  'flight.status.delayed': 'Um {duration} verspätet',
  'flight.status.delayed_unknown': 'Verspätet',
  'flight.status.cancelled': 'Annulliert',
  'flight.status.diverted': 'Umgeleitet',
  'flight.status.landed': 'Gelandet',

  'booking.status.on_hold': 'Vorgemerkt',
  'booking.status.confirmed': 'Bestätigt',
  'booking.status.cancelled': 'Storniert',
  'booking.status.expired': 'Abgelaufen',
  'booking.status.redeemed': 'Eingelöst',
  'booking.status.pending': 'Ausstehend',

  'payment.status.paid': 'Bezahlt',
  'payment.status.refunded': 'Erstattet',

  'duration.minutes': '{minutes, plural, one {# Minute} other {# Minuten}}',
  'duration.hours_minutes':
    '{hours, plural, one {# Stunde} other {# Stunden}}{minutes, plural, =0 {} one { und # Minute} other { und # Minuten}}',

  'eventType.canonical.booking_created.label': 'Buchung erstellt',
  'eventType.canonical.booking_created.description':
    'Eine Buchung wurde vorgenommen, ob bestätigt oder nicht.',
  'eventType.canonical.booking_confirmed.label': 'Buchung bestätigt',
  'eventType.canonical.booking_confirmed.description': 'Eine vorgemerkte Buchung ist jetzt bestätigt.',
  'eventType.canonical.booking_updated.label': 'Buchung geändert',
  'eventType.canonical.booking_updated.description': 'An einer bestehenden Buchung hat sich etwas geändert.',
  'eventType.canonical.booking_cancelled.label': 'Buchung storniert',
  'eventType.canonical.booking_cancelled.description':
    'Eine Buchung wurde vom Gast, vom Partner oder vom Anbieter storniert.',
  'eventType.canonical.order_updated.label': 'Bestellung geändert',
  'eventType.canonical.order_updated.description':
    'Eine Bestellung mit allen ihren Buchungen hat sich geändert.',
  'eventType.canonical.payment_received.label': 'Zahlung eingegangen',
  'eventType.canonical.payment_received.description': 'Für eine Buchung ist Geld eingegangen.',
  'eventType.canonical.payment_refunded.label': 'Zahlung erstattet',
  'eventType.canonical.payment_refunded.description': 'Geld für eine Buchung wurde zurückgezahlt.',
  'eventType.canonical.availability_updated.label': 'Verfügbarkeit geändert',
  'eventType.canonical.availability_updated.description':
    'Die freien Plätze oder der Kalender eines Produkts haben sich geändert.',
  'eventType.canonical.product_added.label': 'Produkt hinzugefügt',
  'eventType.canonical.product_added.description': 'Im Vertrag ist ein neues Produkt verfügbar.',
  'eventType.canonical.product_updated.label': 'Produkt geändert',
  'eventType.canonical.product_updated.description': 'Ein bestehendes Produkt hat sich geändert.',
  'eventType.canonical.product_removed.label': 'Produkt entfernt',
  'eventType.canonical.product_removed.description': 'Ein Produkt ist im Vertrag nicht mehr verfügbar.',
  'eventType.canonical.rate_updated.label': 'Tarif geändert',
  'eventType.canonical.rate_updated.description': 'Ein Tarif oder ein Rabatt hat sich geändert.',
  'eventType.canonical.flight_status_changed.label': 'Änderung des Verspätungsstatus',
  'eventType.canonical.flight_status_changed.description':
    'Der Status eines gebuchten Flugs hat sich geändert, zum Beispiel auf verspätet.',
  'eventType.canonical.webhook_failing.label': 'Webhook gestört',
  'eventType.canonical.webhook_failing.description':
    'Mehrere Anfragen hintereinander an einen anderen Webhook des Vertrags sind fehlgeschlagen, er pausiert.',
  'eventType.canonical.webhook_disabled.label': 'Webhook deaktiviert',
  'eventType.canonical.webhook_disabled.description':
    'Ein anderer Webhook des Vertrags wurde abgeschaltet, weil sein Empfänger nicht mehr da ist oder immer wieder fehlschlug.',
  'eventType.canonical.webhook_resumed.label': 'Webhook wieder aktiv',
  'eventType.canonical.webhook_resumed.description':
    'Ein anderer Webhook des Vertrags, der gestört oder deaktiviert war, wird wieder beliefert.',

  'eventType.octo.booking_update.label': 'Änderung einer Buchung',
  'eventType.octo.booking_update.description':
    'Eine bestehende Buchung wurde bestätigt, geändert oder storniert.',
  'eventType.octo.availability_update.label': 'Änderung der Verfügbarkeit',
  'eventType.octo.availability_update.description': 'Die Verfügbarkeit eines Produkts hat sich geändert.',
  'eventType.octo.order_update.label': 'Änderung einer Bestellung',
  'eventType.octo.order_update.description':
    'Eine Bestellung hat sich geändert; sie wird mit allen ihren Buchungen gesendet.',
  'eventType.octo.product_update.label': 'Änderung eines Produkts',
  'eventType.octo.product_update.description': 'Ein Produkt wurde hinzugefügt, geändert oder entfernt.',

  'eventType.octo_notification.booking_update.label': 'Hinweis auf eine Buchung',
  'eventType.octo_notification.booking_update.description': 'Nennt die geänderte Buchung, ohne ihren Inhalt.',
  'eventType.octo_notification.availability_update.label': 'Hinweis auf die Verfügbarkeit',
  'eventType.octo_notification.availability_update.description':
    'Nennt das Produkt und die Tage, deren Verfügbarkeit sich geändert hat, ohne die Verfügbarkeit selbst.',
  'eventType.octo_notification.product_update.label': 'Hinweis auf ein Produkt',
  'eventType.octo_notification.product_update.description':
    'Nennt das geänderte Produkt, ohne seinen Inhalt.',

  'eventType.checkfront.booking_modified.label': 'Buchung geändert',
  'eventType.checkfront.booking_modified.description': 'Eine Buchung wurde erstellt oder geändert.',
  'eventType.checkfront.booking_status_change.label': 'Änderung des Buchungsstatus',
  'eventType.checkfront.booking_status_change.description':
    'Der Status einer Buchung hat sich geändert, zum Beispiel auf bezahlt oder storniert.',
  'eventType.checkfront.new_payment_refund.label': 'Neue Zahlung oder Erstattung',
  'eventType.checkfront.new_payment_refund.description': 'Eine Zahlung ist eingegangen oder wurde erstattet.',
  'eventType.checkfront.item_update.label': 'Änderung eines Artikels',
  'eventType.checkfront.item_update.description': 'Ein Artikel wurde hinzugefügt, geändert oder entfernt.',
  'eventType.checkfront.item_event_discount_edit.label': 'Event oder Rabatt eines Artikels bearbeitet',
  'eventType.checkfront.item_event_discount_edit.description':
    'Ein Saisonpreis, ein Event oder ein Rabatt eines Artikels wurde bearbeitet.',
  'eventType.checkfront.item_calendar_edit.label': 'Kalender eines Artikels bearbeitet',
  'eventType.checkfront.item_calendar_edit.description':
    'Der Kalender eines Artikels hat sich geändert und damit auch, was gebucht werden kann.',

  'eventType.capdata.new_flight_reservation_from_extension.label': 'Neue Flugreservierung',
  'eventType.capdata.new_flight_reservation_from_extension.description':
    'Die Erweiterung hat eine Flugreservierung erfasst.',
  'eventType.capdata.flight_reservation_updated.label': 'Flugreservierung geändert',
  'eventType.capdata.flight_reservation_updated.description':
    'Eine bestehende Flugreservierung hat sich geändert.',

  'eventType.delay_care.flight_delay_status_change.label': 'Änderung des Verspätungsstatus',
  'eventType.delay_care.flight_delay_status_change.description':
    'Der Status eines Flugs hat sich geändert, zum Beispiel von geplant auf verspätet.',
  'eventType.delay_care.product_added.label': 'Produkt hinzugefügt',
  'eventType.delay_care.product_added.description': 'Im Vertrag ist ein neues Produkt verfügbar.',
  'eventType.delay_care.product_updated.label': 'Produkt geändert',
  'eventType.delay_care.product_updated.description':
    'Ein bestehendes Produkt des Vertrags hat sich geändert.',
  'eventType.delay_care.product_removed.label': 'Produkt entfernt',
  'eventType.delay_care.product_removed.description': 'Ein Produkt ist im Vertrag nicht mehr verfügbar.',
};
